#pragma once

#include "logcat/run_context.hpp"

#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// A partition and the offsets of its log: [begin, end).
struct partition_log {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// The partitions that the plan names, with their offsets as of now. A topic or partition that does
/// not exist is a std::runtime_error that names it. A partition without a leader is waited for in a
/// bounded run; a follower is given the others (topic_watch finds it later).
std::vector<partition_log> find_partitions(run_context& context, kafka::reader& reader,
                                           const plan& plan);

/// Of those partitions of a topic. Throws kafka_error when one of them was not answered for.
std::vector<partition_log> ask_offsets(rd_kafka_s* handle, const std::string& topic,
                                       const std::vector<std::int32_t>& partitions,
                                       milliseconds timeout);

}  // namespace logpipe::logcat
