#pragma once

#include <chrono>
#include <cstdint>

namespace logpipe::logtail {

/// Milliseconds since the epoch, as positions are dated with.
inline std::int64_t wall_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace logpipe::logtail
