#pragma once

#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

namespace logpipe::follow::testing {

/// Every story is told twice, with inotify and with polling, and ends the same way.
struct either_mode : follow_fixture {
  either_mode() {
    const bool poll = GENERATE(false, true);
    if (poll) options.poll = milliseconds(250);
    UNSCOPED_INFO((poll ? "polling" : "inotify"));
  }
};

}  // namespace logpipe::follow::testing
