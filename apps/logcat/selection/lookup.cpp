#include "lookup.hpp"

#include <logpipe/base/nearest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace logpipe::logcat {
namespace {

constexpr kafka::error_code leader_not_available = 5;

[[noreturn]] void throw_missing_topic(run_context& context, kafka::reader& reader, const plan& plan,
                                      const std::string& topic) {
  const auto names = context.ask(
      &reader, [&](milliseconds timeout) { return kafka::list_topics(reader.handle(), timeout); });
  const auto meant = nearest(topic, names);
  throw std::runtime_error(fmt::format("no topic \"{}\" on {}{}", topic,
                                       plan.connection.settings.brokers(),
                                       meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
}

std::vector<kafka::partition_info> wanted_partitions(const kafka::topic_info& topic,
                                                     const plan& plan) {
  if (plan.selection.partitions.empty()) return topic.partitions;
  std::vector<kafka::partition_info> wanted;
  for (const std::int32_t id : plan.selection.partitions) {
    const auto found =
        std::find_if(topic.partitions.begin(), topic.partitions.end(),
                     [id](const kafka::partition_info& each) { return each.id == id; });
    if (found == topic.partitions.end()) {
      throw std::runtime_error(fmt::format("no partition {} in topic \"{}\", which has {}", id,
                                           topic.name, topic.partitions.size()));
    }
    wanted.push_back(*found);
  }
  return wanted;
}

/// Numbers of the partitions that can be read. Throws kafka_error when there are none, or in a
/// bounded run not all.
std::vector<std::int32_t> led_partitions(const std::vector<kafka::partition_info>& partitions,
                                         const std::string& topic, bool all) {
  std::vector<std::int32_t> led;
  std::string leaderless;
  for (const auto& each : partitions) {
    if (each.leader >= 0) {
      led.push_back(each.id);
    } else {
      leaderless += fmt::format("{}{}", leaderless.empty() ? "" : ",", each.id);
    }
  }
  if (led.empty() || (all && !leaderless.empty())) {
    throw kafka::kafka_error(leader_not_available,
                             fmt::format("partition {} of topic \"{}\"", leaderless, topic));
  }
  return led;
}

std::vector<partition_log> look_up(rd_kafka_s* handle, const kafka::topic_info& topic,
                                   const plan& plan, milliseconds timeout) {
  const auto led = led_partitions(wanted_partitions(topic, plan), topic.name, plan.bounded);
  return ask_offsets(handle, topic.name, led, timeout);
}

}  // namespace

std::vector<partition_log> ask_offsets(rd_kafka_s* handle, const std::string& topic,
                                       const std::vector<std::int32_t>& partitions,
                                       milliseconds timeout) {
  using kafka::offset_spec;
  const auto begins = kafka::list_offsets(handle, topic, partitions, offset_spec::begin, timeout);
  const auto ends = kafka::list_offsets(handle, topic, partitions, offset_spec::end, timeout);
  std::vector<partition_log> logs;
  for (const std::int32_t id : partitions) {
    const auto& begin = begins.at(id);
    const auto& end = ends.at(id);
    const auto error = begin.error != 0 ? begin.error : end.error;
    if (error != 0) {
      throw kafka::kafka_error(error,
                               fmt::format("offsets of partition {} of topic \"{}\"", id, topic));
    }
    logs.push_back({topic, id, begin.offset, std::max(begin.offset, end.offset)});
  }
  return logs;
}

std::vector<partition_log> find_partitions(run_context& context, kafka::reader& reader,
                                           const plan& plan) {
  using kafka::failure;
  std::vector<partition_log> logs;
  for (const auto& name : plan.selection.topics) {
    bool missing = false;
    const auto of_topic = context.ask(&reader, [&](milliseconds timeout) {
      const auto topic = kafka::describe_topic(reader.handle(), name, timeout);
      missing = kafka::classify(topic.error) == failure::missing;
      if (missing) return std::vector<partition_log>();
      if (topic.error != 0) {
        throw kafka::kafka_error(topic.error, fmt::format("topic \"{}\"", name));
      }
      return look_up(reader.handle(), topic, plan, timeout);
    });
    if (missing) throw_missing_topic(context, reader, plan, name);
    logs.insert(logs.end(), of_topic.begin(), of_topic.end());
  }
  return logs;
}

}  // namespace logpipe::logcat
