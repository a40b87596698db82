#pragma once

#include "logcat/run_context.hpp"

#include <logpipe/kafka/cluster.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// A partition and the offsets of its log: [begin, end). With committed isolation the end is the
/// last stable offset.
struct partition_log {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// What was asked for, and what was answered.
struct found_partitions {
  std::vector<partition_log> logs;
  /// Those that nobody answers for: without a leader, or with one that is away. Empty in a bounded
  /// run.
  std::vector<kafka::topic_partition> unanswered;
};

/// The partitions that the plan asks for, with their offsets as of now. What is not there ends the
/// run as find_topics() says. A bounded run waits until all are answered for; a follower until one
/// is, the others are for topic_watch to find.
found_partitions find_partitions(run_context& context, kafka::reader& reader, const plan& plan);

/// Of partitions whose leaders are known from metadata; `reason` is why the others were not
/// answered for.
struct asked_offsets {
  found_partitions found;
  kafka::error_code reason = 0;
};
asked_offsets ask_offsets(rd_kafka_s* handle, std::span<const kafka::led_partition> partitions,
                          milliseconds timeout);

/// What a question about a partition's offsets failed with.
kafka::kafka_error no_answer(kafka::error_code reason, const kafka::topic_partition& about);

/// Of one partition. Throws kafka_error when it was not answered for.
partition_log ask_offsets(rd_kafka_s* handle, const std::string& topic, std::int32_t partition,
                          milliseconds timeout);

}  // namespace logpipe::logcat
