#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/ship/shares.hpp>
#include <logpipe/ship/topic.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace logpipe::ship {

/// Says which sources are not to be read now, because the partitions that they feed have their
/// share of the memory. A gate is closed when its partition is at its limit, and opened when it is
/// down to half of that, so that it does not move for each chunk.
class intake {
public:
  /// Called for each source whose gate is closed (false) or opened (true).
  using teller = std::function<void(follow::source_id, bool may_be_read)>;

  intake(std::size_t memory, teller tell) : m_memory(memory), m_tell(std::move(tell)) {}

  shares& memory() noexcept { return m_memory; }
  const shares& memory() const noexcept { return m_memory; }

  /// Puts a source behind a gate; tells when that is closed. `only` is the outlet that all its
  /// records go to, null where there are several or they are not known.
  void add(follow::source_id source, topic& to, outlet* only);
  /// The topic's partitions are known now: its sources go to the outlets that they feed.
  void sort(topic& to, const std::function<outlet*(follow::source_id)>& only_outlet_of);

  /// Whether more should be read for the partition, which need not have an outlet yet.
  bool takes(const topic& to, std::int32_t partition, time_point now) const;
  /// Closes the gates that `full`, which was sent to, calls for.
  void close(outlet& full, time_point now);
  /// Opens what can be opened.
  void open(time_point now);
  /// When open() has something to do that no report announces.
  std::optional<time_point> next_change(time_point now) const;

private:
  struct closed_gate {
    topic* of;
    outlet* only;  // null: the topic's own gate
  };

  void shut(gate& which, closed_gate entry);
  bool has_room(const outlet* where, std::size_t divisor, time_point now) const;
  bool has_room(const topic& where, std::size_t divisor, time_point now) const;

  shares m_memory;
  teller m_tell;
  std::vector<closed_gate> m_closed;
};

}  // namespace logpipe::ship
