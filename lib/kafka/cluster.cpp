#include <logpipe/kafka/cluster.hpp>
#include <logpipe/kafka/internal/metadata.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <algorithm>
#include <map>
#include <thread>

namespace logpipe::kafka {
namespace {

/// librdkafka looks each partition up in a list of all that are asked for: more at once take longer
/// than two requests do.
constexpr std::size_t most_per_request = 500;

/// Where a partition's answer goes.
struct question {
  const led_partition* about;
  offset_answer* answer;
};

void answer_all(std::span<const question> questions, error_code error) {
  for (const auto& each : questions) {
    *each.answer = {-1, error};
  }
}

partition_list_ptr list_of(std::span<const question> questions, std::int64_t time) {
  partition_list_ptr list(rd_kafka_topic_partition_list_new(static_cast<int>(questions.size())));
  for (const auto& [about, answer] : questions) {
    rd_kafka_topic_partition_list_add(list.get(), about->topic.c_str(), about->partition)->offset =
        time;
  }
  return list;
}

offset_answer answer_of(const rd_kafka_topic_partition_t& partition, std::int64_t time) {
  if (partition.err != RD_KAFKA_RESP_ERR_NO_ERROR) return {-1, partition.err};
  // What was not answered for still holds the time that was asked.
  if (time < 0 && partition.offset < 0) return {-1, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION};
  return {partition.offset, 0};
}

/// Questions for one leader. One partition's error is all that librdkafka tells of a request that
/// it stood in: then the halves are asked apart.
void ask(rd_kafka_s* handle, std::span<const question> questions, std::int64_t time,
         time_point deadline) {
  const auto list = list_of(questions, time);
  const auto error =
      rd_kafka_offsets_for_times(handle, list.get(), milliseconds_until(deadline, clock::now()));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      *questions[i].answer = answer_of(list->elems[i], time);
    }
    return;
  }
  if (questions.size() == 1 || classify(error) == failure::unreachable) {
    return answer_all(questions, error);
  }
  const std::size_t half = questions.size() / 2;
  ask(handle, questions.first(half), time, deadline);
  ask(handle, questions.subspan(half), time, deadline);
}

void ask_in_parts(rd_kafka_s* handle, std::span<const question> questions, std::int64_t time,
                  time_point deadline) {
  while (!questions.empty()) {
    const std::size_t size = std::min(most_per_request, questions.size());
    ask(handle, questions.first(size), time, deadline);
    questions = questions.subspan(size);
  }
}

}  // namespace

cluster_info describe_cluster(rd_kafka_s* handle, milliseconds timeout) {
  const auto metadata = ask_metadata(handle, nullptr, timeout, "metadata of the cluster");
  cluster_info cluster;
  for (const auto& each : brokers_of(*metadata)) {
    cluster.brokers.push_back({each.id, each.host, each.port});
  }
  for (const auto& each : topics_of(*metadata)) {
    auto& topic = cluster.topics.emplace_back(info_of(each));
    std::sort(topic.partitions.begin(), topic.partitions.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
  }
  std::sort(cluster.brokers.begin(), cluster.brokers.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::sort(cluster.topics.begin(), cluster.topics.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  // It came with the metadata: no further question.
  cluster.controller = rd_kafka_controllerid(handle, 0);
  return cluster;
}

std::vector<offset_answer> find_offsets(rd_kafka_s* handle,
                                        std::span<const led_partition> partitions,
                                        std::int64_t time, milliseconds timeout) {
  const auto deadline = clock::now() + timeout;
  std::vector<offset_answer> answers(partitions.size(),
                                     {-1, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE});
  std::map<std::int32_t, std::vector<question>> by_leader;
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    if (partitions[i].leader < 0) continue;
    by_leader[partitions[i].leader].push_back({&partitions[i], &answers[i]});
  }
  std::vector<std::jthread> others;
  for (const auto& [leader, questions] : by_leader) {
    if (leader == by_leader.begin()->first) continue;
    others.emplace_back([&, &asked = questions] { ask_in_parts(handle, asked, time, deadline); });
  }
  if (!by_leader.empty()) ask_in_parts(handle, by_leader.begin()->second, time, deadline);
  others.clear();  // waits for them
  return answers;
}

std::vector<led_partition> partitions_of(std::span<const topic_info> topics) {
  std::vector<led_partition> partitions;
  for (const auto& topic : topics) {
    for (const auto& each : topic.partitions) {
      partitions.push_back({topic.name, each.id, each.leader});
    }
  }
  return partitions;
}

}  // namespace logpipe::kafka
