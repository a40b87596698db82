#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <stdexcept>
#include <support/topic_admin.hpp>
#include <thread>

namespace logpipe::test {
namespace {

using kafka::event_ptr;
using kafka::owned_ptr;
using kafka::partition_list_ptr;
using queue_ptr = owned_ptr<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using new_topic_ptr = owned_ptr<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using delete_topic_ptr = owned_ptr<rd_kafka_DeleteTopic_t, rd_kafka_DeleteTopic_destroy>;
using new_partitions_ptr = owned_ptr<rd_kafka_NewPartitions_t, rd_kafka_NewPartitions_destroy>;
using delete_records_ptr = owned_ptr<rd_kafka_DeleteRecords_t, rd_kafka_DeleteRecords_destroy>;
using config_ptr = owned_ptr<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using acl_ptr = owned_ptr<rd_kafka_AclBinding_t, rd_kafka_AclBinding_destroy>;

constexpr int patience = 20000;  // milliseconds

void check_topics(const rd_kafka_topic_result_t* const* results, std::size_t count) {
  for (const auto* result : std::span(results, count)) {
    check(rd_kafka_topic_result_error(result), rd_kafka_topic_result_name(result));
  }
}

void check_configs(const rd_kafka_ConfigResource_t* const* results, std::size_t count) {
  for (const auto* result : std::span(results, count)) {
    check(rd_kafka_ConfigResource_error(result), rd_kafka_ConfigResource_name(result));
  }
}

void check_results(rd_kafka_event_t* event) {
  std::size_t count = 0;
  if (const auto* created = rd_kafka_event_CreateTopics_result(event)) {
    check_topics(rd_kafka_CreateTopics_result_topics(created, &count), count);
  } else if (const auto* deleted = rd_kafka_event_DeleteTopics_result(event)) {
    check_topics(rd_kafka_DeleteTopics_result_topics(deleted, &count), count);
  } else if (const auto* grown = rd_kafka_event_CreatePartitions_result(event)) {
    check_topics(rd_kafka_CreatePartitions_result_topics(grown, &count), count);
  } else if (const auto* altered = rd_kafka_event_AlterConfigs_result(event)) {
    check_configs(rd_kafka_AlterConfigs_result_resources(altered, &count), count);
  }
}

/// `request` is librdkafka's function, called with what it is about and a queue for the answer.
template <typename Request, typename Subject>
event_ptr ask(rd_kafka_t* client, Request request, Subject* subject, const std::string& asked) {
  const queue_ptr answers(rd_kafka_queue_new(client));
  request(client, &subject, 1, nullptr, answers.get());
  event_ptr event(rd_kafka_queue_poll(answers.get(), patience));
  if (!event) throw std::runtime_error(asked + ": no answer");
  check(rd_kafka_event_error(event.get()), asked);
  check_results(event.get());
  return event;
}

/// Whether each partition's leader knows that it is one.
bool takes_records(rd_kafka_t* client, const std::string& topic, int partitions) {
  const partition_list_ptr list(rd_kafka_topic_partition_list_new(partitions));
  rd_kafka_topic_partition_list_add_range(list.get(), topic.c_str(), 0, partitions - 1);
  for (auto& each : std::span(list->elems, static_cast<std::size_t>(list->cnt))) {
    each.offset = RD_KAFKA_OFFSET_END;
  }
  if (rd_kafka_offsets_for_times(client, list.get(), patience) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return false;
  }
  const auto answers = std::span(list->elems, static_cast<std::size_t>(list->cnt));
  return std::all_of(answers.begin(), answers.end(), [](const auto& each) {
    return each.err == RD_KAFKA_RESP_ERR_NO_ERROR && each.offset >= 0;
  });
}

/// With it a topic is for one user only, who is nobody. As a filter it finds itself.
acl_ptr closed_rule(const std::string& topic) {
  std::array<char, 256> reason{};
  acl_ptr rule(rd_kafka_AclBinding_new(
      RD_KAFKA_RESOURCE_TOPIC, topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL, "User:nobody", "*",
      RD_KAFKA_ACL_OPERATION_ALL, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, reason.data(),
      reason.size()));
  if (!rule) throw std::runtime_error(reason.data());
  return rule;
}

}  // namespace

topic_admin::topic_admin(const std::string& brokers)
    : m_client(make_producer({{"bootstrap.servers", brokers}})) {}

void topic_admin::create(const std::string& topic, int partitions, const settings& with) {
  std::array<char, 256> reason{};
  const new_topic_ptr wanted(
      rd_kafka_NewTopic_new(topic.c_str(), partitions, -1, reason.data(), reason.size()));
  if (!wanted) throw std::runtime_error(reason.data());
  for (const auto& [name, value] : with) {
    check(rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str()), name);
  }
  ask(m_client.get(), rd_kafka_CreateTopics, wanted.get(), "create " + topic);
  await(topic, partitions);
}

void topic_admin::remove(const std::string& topic) {
  const delete_topic_ptr unwanted(rd_kafka_DeleteTopic_new(topic.c_str()));
  ask(m_client.get(), rd_kafka_DeleteTopics, unwanted.get(), "delete " + topic);
}

void topic_admin::grow(const std::string& topic, int total) {
  std::array<char, 256> reason{};
  const new_partitions_ptr wanted(rd_kafka_NewPartitions_new(
      topic.c_str(), static_cast<std::size_t>(total), reason.data(), reason.size()));
  if (!wanted) throw std::runtime_error(reason.data());
  ask(m_client.get(), rd_kafka_CreatePartitions, wanted.get(), "grow " + topic);
  await(topic, total);
}

void topic_admin::set(const std::string& topic, const settings& with) {
  const config_ptr resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  for (const auto& [name, value] : with) {
    check(rd_kafka_ConfigResource_set_config(resource.get(), name.c_str(), value.c_str()), name);
  }
  ask(m_client.get(), rd_kafka_AlterConfigs, resource.get(), "set " + topic);
}

void topic_admin::truncate(const std::string& topic, std::int32_t partition, std::int64_t offset) {
  const partition_list_ptr list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
  const delete_records_ptr unwanted(rd_kafka_DeleteRecords_new(list.get()));
  const auto event = ask(m_client.get(), rd_kafka_DeleteRecords, unwanted.get(), "truncate");
  const auto* result = rd_kafka_event_DeleteRecords_result(event.get());
  check(rd_kafka_DeleteRecords_result_offsets(result)->elems[0].err, "truncate " + topic);
}

void topic_admin::deny(const std::string& topic) {
  const acl_ptr rule = closed_rule(topic);
  const auto event = ask(m_client.get(), rd_kafka_CreateAcls, rule.get(), "deny " + topic);
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateAcls_result(event.get());
  const auto* error = rd_kafka_acl_result_error(rd_kafka_CreateAcls_result_acls(result, &count)[0]);
  const auto code = rd_kafka_error_code(error);
  if (code == RD_KAFKA_RESP_ERR_SECURITY_DISABLED) throw std::domain_error("no authorizer");
  check(code, "deny " + topic);
}

void topic_admin::allow(const std::string& topic) {
  const acl_ptr rule = closed_rule(topic);
  const auto event = ask(m_client.get(), rd_kafka_DeleteAcls, rule.get(), "allow " + topic);
  std::size_t count = 0;
  const auto* result = rd_kafka_event_DeleteAcls_result(event.get());
  const auto* answer = rd_kafka_DeleteAcls_result_responses(result, &count)[0];
  check(rd_kafka_error_code(rd_kafka_DeleteAcls_result_response_error(answer)), "allow " + topic);
}

void topic_admin::await(const std::string& topic, int partitions) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience);
  while (!takes_records(m_client.get(), topic, partitions)) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error(topic + ": no leader");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace logpipe::test
