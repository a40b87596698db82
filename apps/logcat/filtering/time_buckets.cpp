#include "time_buckets.hpp"

#include <logpipe/base/local_time.hpp>
#include <logpipe/base/time.hpp>

#include <chrono>

namespace logpipe::logcat {
namespace {

using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;
/// No zone changes its offset within one.
constexpr std::int64_t quarter_of_an_hour = hour / 4;

constexpr std::int64_t divide(std::int64_t number, std::int64_t by) noexcept {
  return number / by - (number % by < 0 ? 1 : 0);
}

std::int64_t zone_offset(std::int64_t timestamp) {
  const auto offset = offset_at(sys_seconds(floor<seconds>(milliseconds(timestamp))));
  return milliseconds(offset).count();
}

std::int64_t shift_of(std::int64_t width, bool follows_clocks) {
  // The epoch was a Thursday.
  if (follows_clocks) return width % (7 * day) == 0 ? 3 * day : 0;
  // A zone that is no whole hours from UTC is as far from them in summer and winter.
  return (zone_offset(wall_clock_now()) % hour + hour) % hour;
}

}  // namespace

time_buckets::time_buckets(milliseconds width)
    : m_width(width),
      m_follows_clocks(width.count() > hour),
      m_shift(shift_of(width.count(), m_follows_clocks)),
      m_quarter(0),
      m_offset(zone_offset(0)) {}

std::int64_t time_buckets::offset_of(std::int64_t timestamp) {
  const std::int64_t quarter = divide(timestamp, quarter_of_an_hour);
  if (quarter != m_quarter) {
    m_offset = zone_offset(timestamp);
    m_quarter = quarter;
  }
  return m_offset;
}

std::int64_t time_buckets::number_of(std::int64_t timestamp) {
  const std::int64_t shown = m_follows_clocks ? timestamp + offset_of(timestamp) : timestamp;
  return divide(shown + m_shift, m_width.count());
}

std::int64_t time_buckets::begin_of(std::int64_t number) const {
  const std::int64_t begin = number * m_width.count() - m_shift;
  if (!m_follows_clocks) return begin;
  const auto zone = ask_zone(std::chrono::local_seconds(floor<seconds>(milliseconds(begin))));
  return begin - milliseconds(zone.earlier).count();
}

}  // namespace logpipe::logcat
