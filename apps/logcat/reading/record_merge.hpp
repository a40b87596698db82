#pragma once

#include "assignment.hpp"
#include "head_order.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace logpipe::logcat {

/// A record that could not be printed in its place, for a younger one had been printed before it.
struct straggler {
  std::string topic;
  std::int32_t partition;
  std::int64_t offset;
  milliseconds behind;
  /// That younger one stands before it in its own partition; otherwise it came too late.
  bool unordered;
};

/// Makes one stream of several partitions: by timestamp, then by topic, partition and offset. Each
/// partition is a lane, which is given its records a span at a time. Within a partition the order
/// is that of its offsets, whatever its timestamps say: what is older than what was printed before
/// it is printed at once, and so is a record without a timestamp.
///
/// When a lane has nothing, it is asked whether it matters:
/// - a partition that is read to an end, and is not there, has older records perhaps: all wait;
/// - while following, a partition of which more is known to be in the log is waited for, but not
///   for ever: its broker may be away;
/// - one that has nothing at the moment is waited for, but no record is held back longer than
///   `wait`, as seen by the records' own clock: an old one, from a backlog, is not held back at
///   all. Of a lane whose timestamps lie ahead of our clock it is known by how much, and allowed
///   for.
///
/// Pure: knows no Kafka, and is told the time (milliseconds since the epoch).
class record_merge {
public:
  explicit record_merge(milliseconds wait);

  /// A lane that has nothing yet. `part` must outlive us.
  void add(reading& part);
  std::size_t lanes() const noexcept { return m_lanes.size(); }

  /// Lanes that have nothing, in no order. Changed by give() and next().
  const std::vector<std::size_t>& empty_lanes() const noexcept { return m_empty; }
  reading& part(std::size_t number) const noexcept { return *m_lanes[number].part; }
  /// Records of a lane that has nothing, at least one; the views must be valid until it has nothing
  /// again.
  void give(std::size_t number, std::span<const record> records, std::int64_t now);

  /// What a lane has is not to be printed, for it is read anew.
  void drop(std::size_t number);
  bool has_records(std::size_t number) const noexcept { return !m_lanes[number].records.empty(); }

  struct run {
    reading* part = nullptr;
    std::span<const record> records;
    bool empty() const noexcept { return records.empty(); }
  };
  /// Looks at the lanes that have nothing, and at the clock; next() goes by what was seen.
  void look(std::int64_t now);
  /// The next records, of one lane; none when nothing may be printed before something is given or
  /// time has passed, which look() finds out. A lane that becomes empty ends the stream until then.
  run next();
  /// For how long nothing will change unless something is given; nothing: for ever.
  std::optional<milliseconds> pause() const noexcept { return m_pause; }

  /// Lanes that were found done since the last call; nothing more of them is printed.
  std::vector<const reading*> take_done() { return std::exchange(m_done, {}); }

  /// The first straggler of each sort, once.
  std::optional<straggler> take_straggler();

private:
  struct lane {
    reading* part = nullptr;
    std::span<const record> records;
    std::int64_t given_at = 0;
    std::int64_t ahead = 0;      // of our clock, as far as was seen
    std::int64_t youngest = -1;  // timestamp that was printed
    std::optional<std::int64_t> missed_since;
    bool given_up = false;
    bool finished = false;
  };
  enum class gate { open, held_back, closed };

  gate look_at_empty(std::int64_t now);
  gate look_at_missing(lane& each, std::int64_t now);
  void hold_back(std::int64_t now);
  void finish(lane& each);
  void wait_at_most(std::int64_t time) noexcept;
  std::size_t length_of_run(lane& from, const lane_head* bound);
  void note(const record& record, std::int64_t youngest, bool unordered);
  void sort_lanes();

  std::int64_t m_wait;
  std::vector<lane> m_lanes;  // by topic and partition
  std::vector<std::size_t> m_empty;
  std::vector<const reading*> m_done;
  head_order m_heads;
  gate m_gate = gate::closed;
  std::int64_t m_limit = 0;  // the youngest that may be printed while others are held back
  std::optional<milliseconds> m_pause;
  std::int64_t m_youngest = -1;  // timestamp that was printed
  std::optional<straggler> m_late;
  std::optional<straggler> m_unordered;
  bool m_late_taken = false;
  bool m_unordered_taken = false;
};

}  // namespace logpipe::logcat
