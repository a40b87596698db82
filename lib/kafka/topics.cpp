#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/internal/metadata.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/topics.hpp>

#include <array>
#include <span>
#include <string_view>

namespace logpipe::kafka {
namespace {

using admin_options_ptr = owned_ptr<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using new_topic_ptr = owned_ptr<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using config_resource_ptr = owned_ptr<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;

/// The broker that answers first, or nothing when none does.
std::optional<std::int32_t> any_broker(rd_kafka_s* handle, const std::string& topic,
                                       milliseconds timeout) {
  const topic_ptr local(rd_kafka_topic_new(handle, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* answer = nullptr;
  rd_kafka_metadata(handle, 0, local.get(), &answer, to_timeout(timeout));
  const metadata_ptr metadata(answer);
  if (!metadata || metadata->broker_cnt == 0) return std::nullopt;
  return metadata->orig_broker_id >= 0 ? metadata->orig_broker_id : metadata->brokers[0].id;
}

/// Sends the question and waits for the answer; empty when none came in time.
event_ptr describe_config(rd_kafka_s* handle, const std::string& topic, std::int32_t broker,
                          milliseconds timeout) {
  const queue_ptr answers(rd_kafka_queue_new(handle));
  const admin_options_ptr options(
      rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  std::array<char, 256> reason{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), to_timeout(timeout), reason.data(),
                                            reason.size());
  // Any broker knows; librdkafka would look for the controller, which not every cluster names.
  rd_kafka_AdminOptions_set_broker(options.get(), broker, reason.data(), reason.size());
  const config_resource_ptr resource(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  auto* asked = resource.get();
  rd_kafka_DescribeConfigs(handle, &asked, 1, options.get(), answers.get());
  return event_ptr(rd_kafka_queue_poll(answers.get(), to_timeout(timeout)));
}

/// What the answer says of the only topic that was asked for.
const rd_kafka_topic_result_t* only_result(rd_kafka_event_t* answer) {
  const auto* result = rd_kafka_event_CreateTopics_result(answer);
  std::size_t count = 0;
  const auto* topics =
      result == nullptr ? nullptr : rd_kafka_CreateTopics_result_topics(result, &count);
  return count == 0 ? nullptr : topics[0];
}

std::optional<std::uint64_t> find_size(const rd_kafka_ConfigResource_t* resource,
                                       std::string_view name) {
  std::size_t count = 0;
  const auto* entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (const auto* entry : std::span(entries, count)) {
    if (rd_kafka_ConfigEntry_name(entry) != name) continue;
    const char* value = rd_kafka_ConfigEntry_value(entry);
    return value == nullptr ? std::nullopt : parse_size(value);
  }
  return std::nullopt;
}

}  // namespace

topic_info describe_topic(rd_kafka_s* handle, const std::string& topic, milliseconds timeout) {
  const std::string asked = "metadata of topic " + topic;
  const topic_ptr local(rd_kafka_topic_new(handle, topic.c_str(), nullptr));
  if (!local) throw kafka_error(rd_kafka_last_error(), asked);
  const auto metadata = ask_metadata(handle, local.get(), timeout, asked);
  for (const auto& each : topics_of(*metadata)) {
    if (topic == each.topic) return info_of(each);
  }
  return {topic, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, {}};
}

std::vector<topic_info> describe_topics(rd_kafka_s* handle, milliseconds timeout) {
  const auto metadata = ask_metadata(handle, nullptr, timeout, "metadata of all topics");
  std::vector<topic_info> topics;
  for (const auto& each : topics_of(*metadata)) {
    topics.push_back(info_of(each));
  }
  return topics;
}

std::vector<std::string> list_topics(rd_kafka_s* handle, milliseconds timeout) {
  const auto metadata = ask_metadata(handle, nullptr, timeout, "list of topics");
  std::vector<std::string> names;
  for (const auto& each : topics_of(*metadata)) {
    names.emplace_back(each.topic);
  }
  return names;
}

std::optional<std::uint64_t> max_message_bytes(rd_kafka_s* handle, const std::string& topic,
                                               milliseconds timeout) {
  const auto deadline = clock::now() + timeout;
  const auto broker = any_broker(handle, topic, timeout);
  if (!broker) return std::nullopt;
  const milliseconds left(milliseconds_until(deadline, clock::now()));
  const auto answer = describe_config(handle, topic, *broker, left);
  const auto* result = answer ? rd_kafka_event_DescribeConfigs_result(answer.get()) : nullptr;
  if (result == nullptr) return std::nullopt;
  std::size_t count = 0;
  const auto* resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count == 0) return std::nullopt;
  return find_size(resources[0], "max.message.bytes");
}

std::string cluster_id(rd_kafka_s* handle, milliseconds timeout) {
  struct free_memory {
    rd_kafka_s* of;
    void operator()(char* text) const { rd_kafka_mem_free(of, text); }
  };
  const std::unique_ptr<char, free_memory> id(rd_kafka_clusterid(handle, to_timeout(timeout)),
                                              free_memory{handle});
  return id ? id.get() : "";
}

void create_topic(rd_kafka_s* handle, const new_topic& wanted, milliseconds timeout) {
  const std::string asked = "making topic " + wanted.name;
  std::array<char, 512> reason{};
  const new_topic_ptr topic(rd_kafka_NewTopic_new(
      wanted.name.c_str(), wanted.partitions, wanted.replication, reason.data(), reason.size()));
  if (!topic) throw kafka_error(RD_KAFKA_RESP_ERR__INVALID_ARG, asked, reason.data());
  const queue_ptr answers(rd_kafka_queue_new(handle));
  const admin_options_ptr options(
      rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  // How long the question may take, and how long the controller waits until the topic is there.
  rd_kafka_AdminOptions_set_request_timeout(options.get(), to_timeout(timeout), reason.data(),
                                            reason.size());
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), to_timeout(timeout), reason.data(),
                                              reason.size());
  auto* made = topic.get();
  rd_kafka_CreateTopics(handle, &made, 1, options.get(), answers.get());
  const event_ptr answer(rd_kafka_queue_poll(answers.get(), to_timeout(timeout)));
  if (!answer) throw kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, asked);
  if (const auto error = rd_kafka_event_error(answer.get())) {
    throw kafka_error(error, asked, rd_kafka_event_error_string(answer.get()));
  }
  const auto* result = only_result(answer.get());
  const auto error =
      result == nullptr ? RD_KAFKA_RESP_ERR__BAD_MSG : rd_kafka_topic_result_error(result);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
    return;
  const char* detail = result == nullptr ? nullptr : rd_kafka_topic_result_error_string(result);
  throw kafka_error(error, asked, detail == nullptr ? "" : detail);
}

// rd_kafka_query_watermark_offsets() ignores its timeout in librdkafka 2.0.2 and asks for one
// partition after the other; this call keeps it and takes the times -2 and -1 for begin and end, as
// the protocol's ListOffsets does.
std::vector<offset_answer> list_offsets(rd_kafka_s* handle,
                                        std::span<const topic_partition> partitions,
                                        offset_spec which, milliseconds timeout) {
  std::vector<offset_answer> answers;
  if (partitions.empty()) return answers;
  const std::int64_t time =
      which == offset_spec::begin ? RD_KAFKA_OFFSET_BEGINNING : RD_KAFKA_OFFSET_END;
  const partition_list_ptr list(
      rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
  for (const auto& [topic, partition] : partitions) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = time;
  }
  const auto error = rd_kafka_offsets_for_times(handle, list.get(), to_timeout(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw kafka_error(error, "offsets of topic " + partitions.front().topic);
  }
  for (const auto& each : std::span(list->elems, static_cast<std::size_t>(list->cnt))) {
    // What was not answered for still holds the time that was asked.
    const bool answered = each.err == RD_KAFKA_RESP_ERR_NO_ERROR && each.offset >= 0;
    const error_code why =
        each.err != RD_KAFKA_RESP_ERR_NO_ERROR ? each.err : RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
    answers.push_back(answered ? offset_answer{each.offset, 0} : offset_answer{-1, why});
  }
  return answers;
}

std::map<std::int32_t, offset_answer> list_offsets(rd_kafka_s* handle, const std::string& topic,
                                                   const std::vector<std::int32_t>& partitions,
                                                   offset_spec which, milliseconds timeout) {
  std::vector<topic_partition> asked;
  asked.reserve(partitions.size());
  for (const auto partition : partitions) {
    asked.push_back({topic, partition});
  }
  const auto answers = list_offsets(handle, asked, which, timeout);
  std::map<std::int32_t, offset_answer> by_partition;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    by_partition.emplace(partitions[i], answers[i]);
  }
  return by_partition;
}

}  // namespace logpipe::kafka
