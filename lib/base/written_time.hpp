#pragma once

#include <logpipe/base/time.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

namespace logpipe {

/// A date or a time of day as it was written, before it is known when that was.
struct written_time {
  /// Nothing: today.
  std::optional<std::chrono::year_month_day> date;
  std::chrono::milliseconds of_day{0};
  /// The time of day as it was written, for messages; a view of the text.
  std::string_view clock = "00:00";
  /// East of UTC. Nothing: local time.
  std::optional<std::chrono::seconds> offset;
};

/// The forms of parse_time() but for numbers, "now" and "-15m".
std::variant<written_time, time_error> scan_time(std::string_view text);

/// With the forms that there are, or with the reason if one is given.
time_error no_time(std::string_view why = {});

}  // namespace logpipe
