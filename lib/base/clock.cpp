#include <logpipe/base/clock.hpp>

#include <algorithm>

namespace logpipe {

int milliseconds_until(time_point deadline, time_point now) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - now);
  constexpr milliseconds day = std::chrono::hours(24);
  return static_cast<int>(std::clamp(left, milliseconds(0), day).count());
}

}  // namespace logpipe
