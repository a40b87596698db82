#pragma once

#include "either_mode.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

namespace logpipe::follow::testing {

/// Bounded runs, as from cron: each goes on where the one before was.
struct remembering : follow_fixture {
  remembering() {
    options.once = true;
    options.remembers = true;
    options.flush_partial = std::chrono::hours(1);
  }
  void run(const std::string& name = "log") {
    follow(name);
    CHECK(subject().finished());
    end();
  }
  void run_all(const std::string& pattern) {
    follow_all(pattern);
    CHECK(subject().finished());
    end();
  }
};

/// Runs that follow until they are ended, with inotify and with polling.
struct remembering_follower : either_mode {
  remembering_follower() { options.remembers = true; }
};

/// More than a fingerprint takes, and no two lines alike.
inline std::string long_text(const std::string& word) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += word + " " + std::to_string(i) + "\n";
  }
  return text;
}

}  // namespace logpipe::follow::testing
