#pragma once

#include <logpipe/base/clock.hpp>

#include <initializer_list>
#include <optional>

namespace logpipe::app {

/// Waits until one of `descriptors` (those below 0 are left out) is readable or `deadline` has
/// come; without a deadline, a day at most. Returns early for no reason now and then: look again.
void wait_readable(std::initializer_list<int> descriptors, std::optional<time_point> deadline);

/// The earlier of two moments, either of which may be none.
std::optional<time_point> earlier(std::optional<time_point> a, std::optional<time_point> b);

}  // namespace logpipe::app
