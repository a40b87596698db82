#include <logpipe/kafka/internal/metadata.hpp>

#include <cstdint>
#include <vector>

namespace logpipe::kafka {
namespace {

/// An array of librdkafka's, which has counts of type int.
template <typename T>
std::span<T> array_of(T* data, int count) {
  return {data, static_cast<std::size_t>(count)};
}

std::vector<std::int32_t> numbers(const std::int32_t* data, int count) {
  const auto array = array_of(data, count);
  return {array.begin(), array.end()};
}

}  // namespace

metadata_ptr ask_metadata(rd_kafka_s* handle, rd_kafka_topic_s* topic, milliseconds timeout,
                          const std::string& asked) {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error =
      rd_kafka_metadata(handle, topic == nullptr ? 1 : 0, topic, &answer, to_timeout(timeout));
  metadata_ptr metadata(answer);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw kafka_error(error, asked);
  return metadata;
}

std::span<const rd_kafka_metadata_topic> topics_of(const rd_kafka_metadata_t& metadata) {
  return array_of(metadata.topics, metadata.topic_cnt);
}

std::span<const rd_kafka_metadata_broker> brokers_of(const rd_kafka_metadata_t& metadata) {
  return array_of(metadata.brokers, metadata.broker_cnt);
}

topic_info info_of(const rd_kafka_metadata_topic& topic) {
  topic_info info{topic.topic, topic.err, {}};
  for (const auto& partition : array_of(topic.partitions, topic.partition_cnt)) {
    info.partitions.push_back({partition.id, partition.leader,
                               numbers(partition.replicas, partition.replica_cnt),
                               numbers(partition.isrs, partition.isr_cnt)});
  }
  return info;
}

}  // namespace logpipe::kafka
