#include "lookup.hpp"

#include "find_topics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace logpipe::logcat {
namespace {

// A follower goes on without a leader that is slower.
constexpr milliseconds patience_with_leaders(2000);

void tell_unanswered(app::messages& messages,
                     const std::vector<kafka::topic_partition>& unanswered) {
  std::map<std::string, std::vector<std::int32_t>> by_topic;
  for (const auto& [topic, partition] : unanswered) {
    by_topic[topic].push_back(partition);
  }
  for (const auto& [topic, partitions] : by_topic) {
    messages.warning("{} [{}]: no leader answers; waiting for it", topic,
                     fmt::join(partitions, ","));
  }
}

}  // namespace

kafka::kafka_error no_answer(kafka::error_code reason, const kafka::topic_partition& about) {
  return {reason,
          fmt::format("offsets of partition {} of topic \"{}\"", about.partition, about.topic)};
}

asked_offsets ask_offsets(rd_kafka_s* handle, std::span<const kafka::led_partition> partitions,
                          milliseconds timeout) {
  const auto begins = kafka::find_offsets(handle, partitions, kafka::at_begin, timeout);
  const auto ends = kafka::find_offsets(handle, partitions, kafka::at_end, timeout);
  asked_offsets asked;
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    const auto& [topic, partition, leader] = partitions[i];
    const auto error = begins[i].error != 0 ? begins[i].error : ends[i].error;
    if (error == 0) {
      const auto end = std::max(begins[i].offset, ends[i].offset);
      asked.found.logs.push_back({topic, partition, begins[i].offset, end});
    } else {
      if (asked.reason == 0) asked.reason = error;
      asked.found.unanswered.push_back({topic, partition});
    }
  }
  return asked;
}

partition_log ask_offsets(rd_kafka_s* handle, const std::string& topic, std::int32_t partition,
                          milliseconds timeout) {
  const std::array asked{kafka::led_partition{topic, partition, kafka::any_leader}};
  auto answer = ask_offsets(handle, asked, timeout);
  if (answer.reason != 0) throw no_answer(answer.reason, {topic, partition});
  return std::move(answer.found.logs.front());
}

found_partitions find_partitions(run_context& context, kafka::reader& reader, const plan& plan) {
  using kafka::failure;
  const auto partitions = kafka::partitions_of(find_topics(context, reader, plan));
  const auto asked = clock::now();
  auto answer = context.ask(&reader, [&](milliseconds timeout) {
    auto [found, reason] = ask_offsets(reader.handle(), partitions, timeout);
    const bool may_answer = kafka::classify(reason) == failure::unreachable &&
                            (found.logs.empty() || clock::now() - asked < patience_with_leaders);
    if (reason != 0 && (plan.bounded || may_answer || kafka::classify(reason) == failure::denied)) {
      throw no_answer(reason, found.unanswered.front());
    }
    return std::move(found);
  });
  tell_unanswered(context.messages(), answer.unanswered);
  return answer;
}

}  // namespace logpipe::logcat
