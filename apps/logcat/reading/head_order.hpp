#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace logpipe::logcat {

/// The first record of a lane that has not been printed.
struct lane_head {
  std::int64_t timestamp;
  std::size_t lane;

  /// By time; at the same time by lane, whose numbers follow topic and partition.
  friend bool operator<(const lane_head& a, const lane_head& b) noexcept {
    return a.timestamp < b.timestamp || (a.timestamp == b.timestamp && a.lane < b.lane);
  }
};

/// The heads of all lanes that have one, the first of them at hand: a binary heap, so that the next
/// record of n lanes costs log n comparisons.
class head_order {
public:
  void clear() noexcept { m_heap.clear(); }
  bool empty() const noexcept { return m_heap.empty(); }
  /// Of a lane that has none here.
  void add(lane_head head);

  /// Only when not empty().
  const lane_head& first() const noexcept { return m_heap.front(); }
  /// The first of the other lanes; nothing when there is no other.
  const lane_head* second() const noexcept;
  /// The first lane has gone on to this time.
  void replace_first(std::int64_t timestamp) noexcept;
  /// The first lane has nothing any more.
  void remove_first() noexcept;

  /// All of them, the first in front, the others in no order.
  std::span<const lane_head> all() const noexcept { return m_heap; }

private:
  void sink(lane_head head) noexcept;

  std::vector<lane_head> m_heap;
};

}  // namespace logpipe::logcat
