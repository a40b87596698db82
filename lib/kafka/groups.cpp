#include <logpipe/kafka/groups.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace logpipe::kafka {
namespace {

using admin_options_ptr = owned_ptr<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using group_offsets_ptr =
    owned_ptr<rd_kafka_ListConsumerGroupOffsets_t, rd_kafka_ListConsumerGroupOffsets_destroy>;

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

group_state name_of(rd_kafka_consumer_group_state_t state) {
  return text_or_empty(rd_kafka_consumer_group_state_name(state));
}

void check(error_code error, const std::string& asked, const char* detail) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw kafka_error(error, asked, text_or_empty(detail));
}

/// Sends `request(options, queue)` and waits for its answer.
template <typename Request>
event_ptr ask(rd_kafka_s* handle, rd_kafka_admin_op_t operation, milliseconds timeout,
              const std::string& asked, Request&& request) {
  const int most = static_cast<int>(timeout.count());
  const queue_ptr answers(rd_kafka_queue_new(handle));
  const admin_options_ptr options(rd_kafka_AdminOptions_new(handle, operation));
  std::array<char, 256> reason{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), most, reason.data(), reason.size());
  request(options.get(), answers.get());
  event_ptr answer(rd_kafka_queue_poll(answers.get(), most));
  if (!answer) throw kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, asked);
  check(rd_kafka_event_error(answer.get()), asked, rd_kafka_event_error_string(answer.get()));
  return answer;
}

std::span<const rd_kafka_topic_partition_t> elements_of(
    const rd_kafka_topic_partition_list_t* list) {
  if (list == nullptr) return {};
  return {list->elems, static_cast<std::size_t>(list->cnt)};
}

group_member member_of(const rd_kafka_MemberDescription_t* described) {
  group_member member{text_or_empty(rd_kafka_MemberDescription_consumer_id(described)),
                      text_or_empty(rd_kafka_MemberDescription_client_id(described)),
                      text_or_empty(rd_kafka_MemberDescription_host(described)),
                      text_or_empty(rd_kafka_MemberDescription_group_instance_id(described)),
                      {}};
  const auto* assignment = rd_kafka_MemberDescription_assignment(described);
  for (const auto& each : elements_of(rd_kafka_MemberAssignment_partitions(assignment))) {
    member.assigned.push_back({each.topic, each.partition});
  }
  std::sort(member.assigned.begin(), member.assigned.end());
  return member;
}

group_info info_of(const rd_kafka_ConsumerGroupDescription_t* described) {
  group_info info{name_of(rd_kafka_ConsumerGroupDescription_state(described)),
                  text_or_empty(rd_kafka_ConsumerGroupDescription_partition_assignor(described)),
                  "",
                  {}};
  if (const auto* node = rd_kafka_ConsumerGroupDescription_coordinator(described)) {
    info.coordinator = fmt::format("{}:{}", rd_kafka_Node_host(node), rd_kafka_Node_port(node));
  }
  const std::size_t count = rd_kafka_ConsumerGroupDescription_member_count(described);
  for (std::size_t i = 0; i < count; ++i) {
    info.members.push_back(member_of(rd_kafka_ConsumerGroupDescription_member(described, i)));
  }
  return info;
}

}  // namespace

std::vector<listed_group> list_groups(rd_kafka_s* handle, milliseconds timeout) {
  const std::string asked = "list of consumer groups";
  const auto answer = ask(handle, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, timeout, asked,
                          [&](const auto* options, auto* queue) {
                            rd_kafka_ListConsumerGroups(handle, options, queue);
                          });
  const auto* result = rd_kafka_event_ListConsumerGroups_result(answer.get());
  std::size_t count = 0;
  std::size_t error_count = 0;
  auto* const* listed = rd_kafka_ListConsumerGroups_result_valid(result, &count);
  auto* const* errors = rd_kafka_ListConsumerGroups_result_errors(result, &error_count);
  if (count == 0 && error_count > 0) {
    check(rd_kafka_error_code(errors[0]), asked, rd_kafka_error_string(errors[0]));
  }
  // While a group moves to another broker, both may tell of it.
  std::map<std::string, group_state> by_name;
  for (const auto* each : std::span(listed, count)) {
    by_name[rd_kafka_ConsumerGroupListing_group_id(each)] =
        name_of(rd_kafka_ConsumerGroupListing_state(each));
  }
  std::vector<listed_group> groups;
  groups.reserve(by_name.size());
  for (auto& [name, state] : by_name) {
    groups.push_back({name, std::move(state)});
  }
  return groups;
}

group_info describe_group(rd_kafka_s* handle, const std::string& group, milliseconds timeout) {
  const std::string asked = fmt::format("consumer group \"{}\"", group);
  const auto answer = ask(handle, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, timeout, asked,
                          [&](const auto* options, auto* queue) {
                            const char* name = group.c_str();
                            rd_kafka_DescribeConsumerGroups(handle, &name, 1, options, queue);
                          });
  const auto* result = rd_kafka_event_DescribeConsumerGroups_result(answer.get());
  std::size_t count = 0;
  auto* const* described = rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
  if (count == 0) throw kafka_error(RD_KAFKA_RESP_ERR__BAD_MSG, asked);
  const auto* error = rd_kafka_ConsumerGroupDescription_error(described[0]);
  check(rd_kafka_error_code(error), asked, rd_kafka_error_string(error));
  return info_of(described[0]);
}

std::vector<committed_offset> committed_offsets(rd_kafka_s* handle, const std::string& group,
                                                milliseconds timeout) {
  const std::string asked = fmt::format("committed offsets of group \"{}\"", group);
  // No list of partitions: all.
  const group_offsets_ptr question(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), nullptr));
  const auto answer =
      ask(handle, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, timeout, asked,
          [&](const auto* options, auto* queue) {
            auto* asked_for = question.get();
            rd_kafka_ListConsumerGroupOffsets(handle, &asked_for, 1, options, queue);
          });
  const auto* result = rd_kafka_event_ListConsumerGroupOffsets_result(answer.get());
  std::size_t count = 0;
  auto* const* groups = rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count);
  if (count == 0) throw kafka_error(RD_KAFKA_RESP_ERR__BAD_MSG, asked);
  const auto* error = rd_kafka_group_result_error(groups[0]);
  check(rd_kafka_error_code(error), asked, rd_kafka_error_string(error));
  std::vector<committed_offset> offsets;
  for (const auto& each : elements_of(rd_kafka_group_result_partitions(groups[0]))) {
    if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR || each.offset < 0) continue;
    offsets.push_back({{each.topic, each.partition},
                       each.offset,
                       {static_cast<const char*>(each.metadata), each.metadata_size}});
  }
  std::sort(offsets.begin(), offsets.end(),
            [](const auto& a, const auto& b) { return a.where < b.where; });
  return offsets;
}

}  // namespace logpipe::kafka
