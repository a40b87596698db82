#pragma once

#include <logpipe/base/record.hpp>

#include <chrono>
#include <cstdint>
#include <limits>

namespace logpipe::logcat {

/// --since, --until and --slack. Two that share a bound have no record in common and leave none out
/// between them. A record without a timestamp (-1) is older than all that have one.
struct time_bounds {
  /// The first timestamp that is wanted, in milliseconds since the epoch.
  std::int64_t since = std::numeric_limits<std::int64_t>::min();
  /// The first behind it that is not.
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  std::chrono::milliseconds slack = std::chrono::hours(1);

  bool all() const noexcept {
    return since == std::numeric_limits<std::int64_t>::min() &&
           until == std::numeric_limits<std::int64_t>::max();
  }
};

/// Which records of one partition lie within the bounds, and when none will come any more. Its
/// records need not be in the order of their times: it is over when all of a stretch were at or
/// past `until`, a thousand of them and for `slack` of their time, or at the first that has the
/// broker's own time (LogAppendTime). Pure bookkeeping.
class time_window {
public:
  explicit time_window(const time_bounds& bounds) noexcept : m_bounds(bounds) {}

  /// Every record is wanted; there is no need to ask.
  bool all() const noexcept { return m_bounds.all(); }

  /// Whether the record is wanted; each is shown once, in order. Hot path.
  bool takes(const record& record) noexcept {
    if (record.timestamp >= m_bounds.until) {
      pass_later(record);
      return false;
    }
    m_later = 0;
    return record.timestamp >= m_bounds.since;
  }

  bool over() const noexcept { return m_over; }
  /// The first offset whose record was too late for this window, where the next one has to begin;
  /// -1 while there is none.
  std::int64_t first_later() const noexcept { return m_first_later; }
  /// For a reading that goes on where another one stopped: --since says where to begin, as -o does,
  /// and that counts no more.
  void begin_at_any_time() noexcept { m_bounds.since = time_bounds().since; }
  /// For another log that took this one's place.
  void begin_anew() noexcept { *this = time_window(m_bounds); }

private:
  void pass_later(const record& record) noexcept;

  time_bounds m_bounds;
  /// Of the stretch of records at or past `until` that we are in: how many, and the first one's
  /// time.
  std::int64_t m_later = 0;
  std::int64_t m_later_since = 0;
  std::int64_t m_first_later = -1;
  bool m_over = false;
};

}  // namespace logpipe::logcat
