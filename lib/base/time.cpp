#include <logpipe/base/local_time.hpp>
#include <logpipe/base/parse.hpp>
#include <logpipe/base/time.hpp>
#include <logpipe/base/written_time.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace logpipe {
namespace {

using std::chrono::local_seconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_time;

using result = std::variant<std::int64_t, time_error>;

constexpr std::int64_t last_time = 253'402'300'799'999;  // of the year 9999

std::int64_t not_before_epoch(sys_time<milliseconds> when) {
  return std::max<std::int64_t>(when.time_since_epoch().count(), 0);
}

std::string with_offset(const written_time& time, seconds offset) {
  const auto size = std::chrono::abs(std::chrono::duration_cast<minutes>(offset));
  return fmt::format("{:04}-{:02}-{:02}T{}{}{}{:02}:{:02}", static_cast<int>(time.date->year()),
                     static_cast<unsigned>(time.date->month()),
                     static_cast<unsigned>(time.date->day()), time.clock[1] == ':' ? "0" : "",
                     time.clock, offset < seconds(0) ? '-' : '+', size.count() / 60,
                     size.count() % 60);
}

result resolve(written_time time, sys_time<milliseconds> now) {
  if (!time.date) {
    const auto second = std::chrono::floor<seconds>(now);
    const auto offset = time.offset ? *time.offset : offset_at(second);
    time.date = std::chrono::floor<std::chrono::days>(second + offset);
  }
  const auto midnight = std::chrono::sys_days(*time.date);
  if (time.offset) return not_before_epoch(midnight + time.of_day - *time.offset);
  const local_seconds shown(
      (midnight + std::chrono::floor<seconds>(time.of_day)).time_since_epoch());
  const auto answer = ask_zone(shown);
  if (answer.what == zone_answer::kind::once) {
    return not_before_epoch(midnight + time.of_day - answer.earlier);
  }
  return time_error{fmt::format(
      "{} in the local time zone; write {} or {}",
      answer.what == zone_answer::kind::twice ? "comes twice, as daylight saving ends,"
                                              : "is left out, as daylight saving begins,",
      with_offset(time, answer.earlier), with_offset(time, answer.later))};
}

result parse_epoch(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || value > last_time) {
    return no_time("milliseconds since the epoch have 13 digits");
  }
  if (digits.size() == 10) {
    return no_time(fmt::format("it looks like seconds; write {}000, in milliseconds", digits));
  }
  return value;
}

result parse_relative(std::string_view text, sys_time<milliseconds> now) {
  const auto ago = parse_duration(text.substr(1));
  if (!ago) return no_time("write a number and ms, s, m, h or d behind the minus, as in -15m");
  return not_before_epoch(now - *ago);
}

}  // namespace

std::int64_t wall_clock_now() {
  const auto now = std::chrono::system_clock::now();
  return std::chrono::floor<milliseconds>(now).time_since_epoch().count();
}

result parse_time(std::string_view text, std::int64_t now) {
  const sys_time<milliseconds> present{milliseconds(now)};
  if (text == "now") return now;
  if (text.starts_with('-')) return parse_relative(text, present);
  const bool is_number = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_number && !text.empty()) return parse_epoch(text);
  const auto written = scan_time(text);
  if (const auto* error = std::get_if<time_error>(&written)) return *error;
  return resolve(std::get<written_time>(written), present);
}

}  // namespace logpipe
