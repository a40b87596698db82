#pragma once

#include "logcat/selection/time_window.hpp"

#include <logpipe/base/record.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logpipe::logcat {

inline constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

/// A stretch of a partition: the offsets in [first, end).
struct stretch {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t end = no_end;
};

/// How far the reading of one stretch is.
struct reading : stretch {
  /// Which one it is in its assignment, as they were added.
  std::size_t index;
  /// The first offset that has not been passed.
  std::int64_t next;
  /// Where the log ended when its end was last reached; -1 while it was not.
  std::int64_t log_end = -1;
  /// Records of it have been taken from its log that no sink has seen yet: it is not there where
  /// the log is read.
  bool held = false;
  /// It is read by somebody else now.
  bool let_go = false;
  /// The record that came last; -1 while none did.
  std::int64_t last_offset = -1;
  std::int64_t last_timestamp = -1;
  /// It is not being read, for its topic is not there, or seemed so.
  bool stopped = false;
  /// Which of its records are wanted for their time.
  time_window window;

  reading(stretch wanted, std::size_t number, const time_bounds& bounds = {})
      : stretch(std::move(wanted)), index(number), next(first), window(bounds) {}

  /// Offsets are not records: markers, aborted records and what compaction took away pass by
  /// without one, so it is `next` that tells.
  bool done() const noexcept { return let_go || next >= end; }
  /// All that the log held has been read.
  bool caught_up() const noexcept { return done() || (log_end >= 0 && next >= log_end); }
  /// Where a later run goes on, --until with a later time: what was too late for this one comes
  /// again.
  std::int64_t resume_at() const noexcept {
    const std::int64_t later = window.first_later();
    return later >= 0 && later < next ? later : next;
  }
  /// Never back, and not past the end.
  void pass_to(std::int64_t offset) noexcept { next = std::max(next, std::min(offset, end)); }
  /// Reads the log that took this one's place, from its start; one with an end, to where that log
  /// ends now.
  void made_anew(std::int64_t log_start, std::int64_t now_ends) noexcept {
    next = first = log_start;
    if (end != no_end) end = now_ends;
    log_end = last_offset = last_timestamp = -1;
    window.begin_anew();
  }
  /// A batch may reach past the end, to records that a later run has to read.
  void came(const record& last) noexcept {
    pass_to(last.offset + 1);
    last_offset = last.offset;
    last_timestamp = last.timestamp;
  }
  void end_seen_at(std::int64_t offset) noexcept {
    pass_to(offset);
    log_end = offset;
  }
};

/// What is read and how far it is, over all topics and partitions.
class assignment {
public:
  assignment() = default;
  /// Of all partitions' records those with such times are wanted.
  explicit assignment(const time_bounds& bounds) : m_bounds(bounds) {}

  /// The reference stays valid. A partition that was let go may be added again.
  reading& add(stretch wanted);
  /// The same in a log that ends at `log_end` now. An offset that lies ahead is waited for from
  /// there.
  reading& add(stretch wanted, std::int64_t log_end);

  /// Nothing for a partition that is not ours. Cheap when it is asked again for the same one.
  reading* find(std::string_view topic, std::int32_t partition) noexcept;

  /// None of its records from `offset` on is wanted.
  void close(reading& part, std::int64_t offset);
  /// Those that were closed since the last call, to be read no further.
  std::vector<reading*> take_closed() { return std::exchange(m_closed, {}); }

  bool done() const noexcept;
  bool caught_up() const noexcept;
  /// Some stretch has an end.
  bool bounded() const noexcept;
  /// Offsets that are left in the stretches with an end.
  std::int64_t left() const noexcept;
  /// How much of the stretches with an end has been passed, from 0 to 1. Nothing without any.
  std::optional<double> share() const noexcept;
  /// The first that is not done, for messages. Nothing when all are.
  const reading* first_unfinished() const noexcept;

  auto begin() noexcept { return m_readings.begin(); }
  auto end() noexcept { return m_readings.end(); }
  auto begin() const noexcept { return m_readings.begin(); }
  auto end() const noexcept { return m_readings.end(); }
  std::size_t size() const noexcept { return m_readings.size(); }

private:
  time_bounds m_bounds;
  std::deque<reading> m_readings;
  std::vector<reading*> m_closed;
  reading* m_last = nullptr;
};

}  // namespace logpipe::logcat
