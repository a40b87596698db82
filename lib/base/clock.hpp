#pragma once

#include <chrono>

namespace logpipe {

/// Monotonic time, which no setting of the wall clock moves. Functions that depend on time take a
/// `now`, so that a test can step a logical clock instead of sleeping.
using clock = std::chrono::steady_clock;
using time_point = clock::time_point;
using std::chrono::milliseconds;

/// Milliseconds to wait until `deadline`, rounded up so that waiting them really reaches it, never
/// negative, at most one day: fit for poll(2).
int milliseconds_until(time_point deadline, time_point now);

}  // namespace logpipe
