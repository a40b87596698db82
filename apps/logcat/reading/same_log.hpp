#pragma once

#include "logcat/selection/lookup.hpp"

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

enum class identity {
  same,
  /// The topic was made anew since.
  another,
  /// The record that would tell is not there: removed, or there never was one.
  unknown,
};

/// Whether a partition's log is the one that the bookmark was put into: librdkafka 2.0 knows no
/// topic ids, so the last record is read again. `idle` must not be reading the partition. Throws
/// kafka_error when there is no answer in time.
identity compare(kafka::reader& idle, const bookmark& mark, const partition_log& log,
                 milliseconds timeout);

}  // namespace logpipe::logcat
