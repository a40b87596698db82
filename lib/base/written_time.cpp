#include <logpipe/base/written_time.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace logpipe {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a text apart from its front.
class scanner {
public:
  explicit scanner(std::string_view text) : m_rest(text) {}

  std::string_view rest() const { return m_rest; }
  bool at_end() const { return m_rest.empty(); }
  bool skip_one_of(std::string_view characters) {
    if (m_rest.empty() || characters.find(m_rest.front()) == std::string_view::npos) return false;
    m_rest.remove_prefix(1);
    return true;
  }
  std::string_view digits() {
    const auto size = std::find_if_not(m_rest.begin(), m_rest.end(), is_digit) - m_rest.begin();
    const auto found = m_rest.substr(0, static_cast<std::size_t>(size));
    m_rest.remove_prefix(found.size());
    return found;
  }
  /// Nothing when there are not `least` to `most` digits.
  std::optional<int> number(std::size_t least, std::size_t most) {
    const auto found = digits();
    if (found.size() < least || found.size() > most) return std::nullopt;
    int value = 0;
    std::from_chars(found.data(), found.data() + found.size(), value);
    return value;
  }

private:
  std::string_view m_rest;
};

std::optional<time_error> scan_date(scanner& text, written_time& to) {
  const auto year = text.number(4, 4);
  const bool has_month = year && text.skip_one_of("-");
  const auto month = has_month ? text.number(2, 2) : std::nullopt;
  const bool has_day = month && text.skip_one_of("-");
  const auto day = has_day ? text.number(2, 2) : std::nullopt;
  if (!day) return no_time();
  to.date = std::chrono::year(*year) / *month / *day;
  if (!to.date->ok()) return no_time("there is no such day");
  return std::nullopt;
}

milliseconds fraction_of(std::string_view digits) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return milliseconds(value);
}

std::optional<time_error> scan_clock(scanner& text, written_time& to) {
  const std::string_view begin = text.rest();
  const auto hour = text.number(1, 2);
  const auto minute = hour && text.skip_one_of(":") ? text.number(2, 2) : std::nullopt;
  if (!minute) return no_time();
  const bool has_second = text.skip_one_of(":");
  const auto second = has_second ? text.number(2, 2) : 0;
  if (!second) return no_time();
  if (*hour > 23) return no_time(fmt::format("there is no hour {}", *hour));
  if (*minute > 59) return no_time(fmt::format("there is no minute {}", *minute));
  if (*second > 59) return no_time(fmt::format("there is no second {}", *second));
  to.of_day = hours(*hour) + minutes(*minute) + seconds(*second);
  if (has_second && text.skip_one_of(".,")) {
    const auto digits = text.digits();
    if (digits.empty()) return no_time();
    to.of_day += fraction_of(digits);
  }
  to.clock = begin.substr(0, begin.size() - text.rest().size());
  return std::nullopt;
}

/// "Z", "+08:00", "+0800" or "+08". No place is more than 14 hours from UTC.
std::optional<seconds> parse_offset(std::string_view zone) {
  if (zone == "Z") return seconds(0);
  scanner text(zone);
  const bool west = text.skip_one_of("-");
  if (!west && !text.skip_one_of("+")) return std::nullopt;
  std::string digits(text.digits());
  if (digits.size() == 2 && text.skip_one_of(":")) {
    if (text.rest().size() != 2) return std::nullopt;
    digits += text.digits();
  }
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4 || !text.at_end()) return std::nullopt;
  const int number = std::stoi(digits);
  if (number / 100 > 14 || number % 100 > 59) return std::nullopt;
  const seconds offset = hours(number / 100) + minutes(number % 100);
  return west ? -offset : offset;
}

std::optional<time_error> scan_zone(scanner& text, written_time& to) {
  if (text.at_end()) return std::nullopt;
  text.skip_one_of(" ");
  to.offset = parse_offset(text.rest());
  if (to.offset) return std::nullopt;
  return no_time(
      fmt::format("\"{}\" is no time zone; write Z or an offset like +08:00", text.rest()));
}

std::optional<time_error> scan(scanner text, written_time& to) {
  const bool has_date = text.rest().size() >= 5 && text.rest()[4] == '-';
  if (has_date) {
    if (auto error = scan_date(text, to)) return error;
  }
  const bool has_clock = !has_date || text.skip_one_of("T") ||
                         (text.rest().size() > 1 && text.rest().front() == ' ' &&
                          is_digit(text.rest()[1]) && text.skip_one_of(" "));
  if (has_clock) {
    if (auto error = scan_clock(text, to)) return error;
  }
  return scan_zone(text, to);
}

}  // namespace

time_error no_time(std::string_view why) {
  constexpr std::string_view forms =
      "write 2026-11-22, 2026-11-22T10:00 or 10:00 (today), with seconds and Z or +08:00 if you "
      "like, now, -15m, or milliseconds since the epoch";
  if (!why.empty()) return {fmt::format("is no time: {}", why)};
  return {fmt::format("is no time; {}", forms)};
}

std::variant<written_time, time_error> scan_time(std::string_view text) {
  written_time time;
  if (auto error = scan(scanner(text), time)) return *std::move(error);
  return time;
}

}  // namespace logpipe
