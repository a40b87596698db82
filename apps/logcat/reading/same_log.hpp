#pragma once

#include "logcat/selection/lookup.hpp"
#include "sameness.hpp"

#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstdint>

namespace logpipe::logcat {

/// Where the reading of a partition stood.
struct bookmark {
  kafka::topic_partition partition;
  /// The first offset that had not been passed.
  std::int64_t next = 0;
  /// The record that was read last; -1: none was.
  std::int64_t last_offset = -1;
  std::int64_t last_timestamp = -1;
};

/// Looks whether a partition's log is the one that the bookmark was put into, by reading the last
/// record again. `idle` must not be reading the partition. Throws kafka_error when there is no
/// answer in time.
sameness compare(kafka::reader& idle, const bookmark& mark, const partition_log& log,
                 milliseconds timeout);

}  // namespace logpipe::logcat
