#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/topics.hpp>

#include <span>
#include <string>

namespace logpipe::kafka {

inline int to_timeout(milliseconds timeout) {
  return static_cast<int>(timeout.count());
}

/// Metadata of the cluster and of `topic`, of all topics when it is null. Throws kafka_error with
/// what was `asked` when no broker answered in time.
metadata_ptr ask_metadata(rd_kafka_s* handle, rd_kafka_topic_s* topic, milliseconds timeout,
                          const std::string& asked);

std::span<const rd_kafka_metadata_topic> topics_of(const rd_kafka_metadata_t& metadata);
std::span<const rd_kafka_metadata_broker> brokers_of(const rd_kafka_metadata_t& metadata);

topic_info info_of(const rd_kafka_metadata_topic& topic);

}  // namespace logpipe::kafka
