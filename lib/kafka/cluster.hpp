#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace logpipe::kafka {

// Questions about a whole cluster, in as few requests as there are leaders. Each blocks for at most
// `timeout` and is safe to ask from any thread. None makes a topic, whatever the handle.

struct broker_info {
  std::int32_t id = 0;
  std::string host;
  int port = 0;
};

struct cluster_info {
  /// By number. Racks are not told: librdkafka 2.0.2 reads past them.
  std::vector<broker_info> brokers;
  /// The broker that takes what is asked of the controller; -1: the cluster names none. With KRaft
  /// it is any broker, another one each time.
  std::int32_t controller = -1;
  /// All that we may see, by name; partitions by number.
  std::vector<topic_info> topics;
};

/// Throws kafka_error when no broker answered in time.
cluster_info describe_cluster(rd_kafka_s* handle, milliseconds timeout);

/// A partition, and who is asked about it.
struct led_partition {
  std::string topic;
  std::int32_t partition = 0;
  /// As metadata names it; below 0 the answer is LEADER_NOT_AVAILABLE without a question.
  std::int32_t leader = -1;
};

/// Where the leader is not known here: librdkafka asks the one that it knows. Partitions that share
/// it share a request's timeout too.
inline constexpr std::int32_t any_leader = 0;

/// All partitions of these topics, in their order.
std::vector<led_partition> partitions_of(std::span<const topic_info> topics);

// What may be asked for instead of a time, with the protocol's numbers (ListOffsets).
inline constexpr std::int64_t at_begin = -2;
/// The last stable offset for a handle that reads committed records, else the high watermark.
inline constexpr std::int64_t at_end = -1;

/// The offsets of the first records whose timestamp is at or past `time` (milliseconds since the
/// epoch, or at_begin, at_end), in the order of `partitions`. An answer of -1 without an error:
/// there is no such record.
///
/// All leaders are asked at the same time, each in one request for up to 500 partitions. One that
/// does not answer costs its own partitions alone: their answers say why (_TIMED_OUT). Nothing is
/// thrown for what brokers do. Ask describe_cluster() through the same handle before: librdkafka
/// otherwise asks for the leaders first.
std::vector<offset_answer> find_offsets(rd_kafka_s* handle,
                                        std::span<const led_partition> partitions,
                                        std::int64_t time, milliseconds timeout);

}  // namespace logpipe::kafka
