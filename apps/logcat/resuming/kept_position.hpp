#pragma once

#include "record_mark.hpp"

#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::logcat {

/// Where reading goes on in a partition.
struct kept_position {
  /// The first offset that was not read.
  std::int64_t next = 0;
  /// The last record that was read; nothing when there was none yet.
  std::optional<record_mark> last;

  bool operator==(const kept_position&) const = default;
};

/// What earlier runs kept of one cluster.
struct kept_positions {
  std::map<kafka::topic_partition, kept_position> partitions;
  /// The topics that were read, and how many partitions each had: one with a higher number is new.
  /// Regular expressions too, with 0: a topic that one of them finds, and that is not here, is new.
  std::map<std::string, std::int32_t, std::less<>> topics;

  /// Nothing: nothing is kept of it.
  const kept_position* find(const std::string& topic, std::int32_t number) const;
  /// 0 for a topic that was not read.
  std::int32_t partitions_of(std::string_view topic) const;
  /// Whether the partition was made since the topic was read last.
  bool is_new(std::string_view topic, std::int32_t number) const;
};

}  // namespace logpipe::logcat
