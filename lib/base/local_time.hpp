#pragma once

#include <chrono>
#include <cstdint>

namespace logpipe {

/// What the local time zone (TZ) makes of a date and time that its clocks show.
struct zone_answer {
  enum class kind {
    once,
    /// Clocks are set back: they show it at both offsets.
    twice,
    /// Clocks are set forward and never show it; the offsets are those before and after.
    never,
  };
  kind what;
  /// East of UTC; the same but for `twice` and `never`, where `earlier` is the one that the zone
  /// had before.
  std::chrono::seconds earlier;
  std::chrono::seconds later;
};

zone_answer ask_zone(std::chrono::local_seconds shown);

/// How far the local time zone is east of UTC at a moment.
std::chrono::seconds offset_at(std::chrono::sys_seconds when);

}  // namespace logpipe
