#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/lane.hpp>
#include <logpipe/ship/router.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::ship {

/// Sources that may be read only while there is room for where their records go.
struct gate {
  bool closed = false;
  std::vector<follow::source_id> sources;
};

class topic;

/// One partition, as the shipper sees it.
struct outlet {
  topic* of;
  std::int32_t partition;
  lane way;
  /// What its records that are not acknowledged take of the memory, bytes.
  std::size_t taken = 0;
  /// Of the sources whose records all go here.
  gate sources = {};
  /// It was told that it does not take its records.
  bool told_held = false;
  /// It is in the list of those that do not flow.
  bool listed = false;
};

/// A topic that is shipped to: its name, the way to its partitions, and the sources that feed it.
class topic {
public:
  /// `number` is its number with the sender. `hands_out_invalid` is for its lanes.
  topic(kafka::topic_id number, std::string name, bool hands_out_invalid)
      : m_number(number), m_name(std::move(name)), m_hands_out_invalid(hands_out_invalid) {}

  const std::string& name() const noexcept { return m_name; }
  /// Where records go; nothing until its partitions were counted.
  std::optional<router> route;
  /// As they were counted last; 0: not yet.
  std::int32_t partitions_now = 0;
  /// Of the sources that feed more than one partition, or one that is not known yet.
  gate sources;

  /// The partition's outlet, made when it is first asked for.
  outlet& at(std::int32_t partition);
  /// Null when it was not asked for yet. Partition router::nowhere is one, whose records are
  /// refused.
  const outlet* find(std::int32_t partition) const noexcept;

  template <typename Call>
  void for_each_outlet(Call call) {
    for (const auto& each : m_outlets) {
      if (each) call(*each);
    }
  }

private:
  kafka::topic_id m_number;
  std::string m_name;
  bool m_hands_out_invalid;
  std::vector<std::unique_ptr<outlet>> m_outlets;  // by partition + 1
};

}  // namespace logpipe::ship
