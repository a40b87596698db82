#pragma once

#include <logpipe/base/clock.hpp>

namespace logpipe::follow {

/// How often a file is looked at whose changes nobody tells: each `shortest` while it changes, and
/// up to 2 s (or `shortest`, if that is more) when it has been quiet for long.
milliseconds polling_interval(milliseconds shortest, time_point::duration quiet);

/// When the next look is due that may come up to an eighth of the interval early. Thousands of
/// files then share a few wake-ups, instead of having one each.
time_point shared_deadline(time_point now, milliseconds interval);

}  // namespace logpipe::follow
