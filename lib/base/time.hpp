#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace logpipe {

// Points in time are milliseconds since the epoch, as a record's timestamp is.

/// What the wall clock shows; unlike `clock` of clock.hpp it can be set.
std::int64_t wall_clock_now();

/// Why a text is no time: a predicate to stand behind the text, on one line.
struct time_error {
  std::string what;
};

/// A time as people write it; `now` is the moment that "now" and "-15m" are told from:
///
///   1700000000000               milliseconds since the epoch; ten digits are taken for seconds and
///                               refused
///   2026-11-22                  midnight
///   2026-11-22T10:00            also with a blank for the T, with seconds, and a fraction behind
///                               '.' or ',' of which milliseconds count
///   10:00                       today, likewise
///   now, -15m                   a whole number and a unit, as parse_duration() takes them
///
/// A date or time may end in Z, +08:00, +0800 or +08, with a blank before it; otherwise it is local
/// (TZ), and what daylight saving doubles or leaves out there is an error that says how to write it
/// with an offset. "Today" is that of the same zone. What is before the epoch is 0, as no record is
/// older.
std::variant<std::int64_t, time_error> parse_time(std::string_view text, std::int64_t now);

}  // namespace logpipe
