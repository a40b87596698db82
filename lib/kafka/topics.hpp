#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/handle.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace logpipe::kafka {

// Questions about topics. Each blocks for at most `timeout` and is safe to ask from any thread; to
// stay open to signals, ask with a short timeout and ask again.

struct topic_partition {
  std::string topic;
  std::int32_t partition = 0;

  auto operator<=>(const topic_partition&) const = default;  // NOLINT(modernize-use-nullptr)
};

struct partition_info {
  std::int32_t id = 0;
  /// -1: the partition has no leader now.
  std::int32_t leader = -1;
  /// Brokers that hold it, the preferred leader first, and those of them that are in sync.
  std::vector<std::int32_t> replicas = {};
  std::vector<std::int32_t> in_sync = {};
};

struct topic_info {
  std::string name;
  /// 0, or why the broker gives no partitions (UNKNOWN_TOPIC_OR_PART, TOPIC_AUTHORIZATION_FAILED).
  error_code error = 0;
  std::vector<partition_info> partitions;
};

/// Metadata of one topic. Throws kafka_error when no broker answered in time. Asking through a
/// producer's handle lets a broker that makes topics by itself make it; through a consumer's it
/// does not (allow.auto.create.topics=false).
topic_info describe_topic(rd_kafka_s* handle, const std::string& topic, milliseconds timeout);

/// The same of all topics of the cluster that may be seen. Throws kafka_error.
std::vector<topic_info> describe_topics(rd_kafka_s* handle, milliseconds timeout);

/// Names of all topics of the cluster.
std::vector<std::string> list_topics(rd_kafka_s* handle, milliseconds timeout);

/// The topic's max.message.bytes (DescribeConfigs). Nothing when the broker does not say: no
/// permission, an old version, no answer in time.
std::optional<std::uint64_t> max_message_bytes(rd_kafka_s* handle, const std::string& topic,
                                               milliseconds timeout);

struct new_topic {
  std::string name;
  /// -1: what the broker makes by default.
  int partitions = -1;
  int replication = -1;
};
/// Makes a topic; one that is there already is fine, whatever it is like. When it returns, the
/// controller has made it; other brokers may need a moment to know. Throws kafka_error with the
/// broker's reason.
void create_topic(rd_kafka_s* handle, const new_topic& wanted, milliseconds timeout);

/// ID of the cluster; empty when no broker has said it in time, or it has none.
std::string cluster_id(rd_kafka_s* handle, milliseconds timeout);

enum class offset_spec { begin, end };
struct offset_answer {
  std::int64_t offset = -1;
  error_code error = 0;
};
/// First or last offsets of partitions, in one request per leader. `end` is the last stable offset
/// for a handle that reads committed records (the default), else the high watermark. Keeps
/// `timeout`, unlike rd_kafka_query_watermark_offsets of librdkafka 2.0.2; a partition that was not
/// answered for has its error set. Throws kafka_error when nothing was answered at all.
std::map<std::int32_t, offset_answer> list_offsets(rd_kafka_s* handle, const std::string& topic,
                                                   const std::vector<std::int32_t>& partitions,
                                                   offset_spec which, milliseconds timeout);
/// The same of partitions of several topics, still one request per leader; answers in the order
/// that was asked.
std::vector<offset_answer> list_offsets(rd_kafka_s* handle,
                                        std::span<const topic_partition> partitions,
                                        offset_spec which, milliseconds timeout);

}  // namespace logpipe::kafka
