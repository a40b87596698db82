#include "group_beginnings.hpp"

#include "logcat/selection/beginnings.hpp"

#include <logpipe/kafka/cluster.hpp>
#include <logpipe/kafka/reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace logpipe::logcat {
namespace {

/// With their leaders, as metadata has them now.
std::vector<kafka::led_partition> led(rd_kafka_s* handle,
                                      const std::vector<kafka::topic_partition>& partitions,
                                      milliseconds timeout) {
  std::map<std::string, kafka::topic_info> topics;
  std::vector<kafka::led_partition> answer;
  for (const auto& [topic, partition] : partitions) {
    auto& info = topics[topic];
    if (info.name.empty()) info = kafka::describe_topic(handle, topic, timeout);
    const auto found =
        std::find_if(info.partitions.begin(), info.partitions.end(),
                     [&, id = partition](const auto& each) { return each.id == id; });
    answer.push_back({topic, partition, found == info.partitions.end() ? -1 : found->leader});
  }
  return answer;
}

}  // namespace

found_partitions group_beginnings::ask_logs(rd_kafka_s* handle,
                                            const std::vector<kafka::topic_partition>& partitions) {
  return m_context.ask(nullptr, [&](milliseconds timeout) {
    return ask_offsets(handle, led(handle, partitions, timeout), timeout).found;
  });
}

group_beginnings::answer group_beginnings::find(const std::vector<kafka::topic_partition>& given,
                                                const group_offsets& offsets, rd_kafka_s* member,
                                                rd_kafka_s* reader) {
  const auto asked_for = find_asked_for(given, offsets, reader);
  auto [logs, unanswered] = ask_logs(member, given);
  answer found{{}, std::move(unanswered)};
  for (const auto& log : logs) {
    const kafka::topic_partition partition{log.topic, log.partition};
    const auto committed = offsets.of(log.topic, log.partition);
    // What came while we run is as new as what came between two runs.
    const bool topic_known = offsets.knows_topic(log.topic) || !was_there(partition);
    const auto asked = asked_for.find(partition);
    if (!committed && !topic_known && asked == asked_for.end()) {
      found.unanswered.push_back(partition);
      continue;
    }
    const auto start = start_in_group(log, committed, topic_known,
                                      asked == asked_for.end() ? log.begin : asked->second);
    tell(log, start, committed.value_or(-1));
    found.ready.push_back({.wanted = {log.topic, log.partition, start.first, pinned_end(log)},
                           .log_end = log.end,
                           .resumed = start.why != group_start::reason::asked_for});
  }
  return found;
}

// Those that the group has never read begin where the command line says.
group_beginnings::places group_beginnings::find_asked_for(
    const std::vector<kafka::topic_partition>& given, const group_offsets& offsets,
    rd_kafka_s* reader) {
  std::vector<kafka::topic_partition> unknown;
  std::copy_if(given.begin(), given.end(), std::back_inserter(unknown), [&](const auto& each) {
    return !offsets.knows_topic(each.topic) && was_there(each);
  });
  places starts;
  if (unknown.empty()) return starts;
  const auto logs = ask_logs(reader, unknown).logs;
  // To look back it may have to read, and the run's own reader is at work.
  kafka::reader aside(
      m_plan.connection.settings,
      {.bounded = true, .isolation = m_plan.selection.isolation, .partitions = logs.size()});
  const auto firsts = find_beginnings(m_context, aside, m_plan, logs);
  for (std::size_t i = 0; i < logs.size(); ++i) {
    starts.emplace(kafka::topic_partition{logs[i].topic, logs[i].partition}, firsts[i]);
  }
  return starts;
}

bool group_beginnings::was_there(const kafka::topic_partition& partition) const {
  const auto& [logs, unanswered] = m_at_start;
  return std::find(unanswered.begin(), unanswered.end(), partition) != unanswered.end() ||
         std::any_of(logs.begin(), logs.end(), [&](const partition_log& log) {
           return log.partition == partition.partition && log.topic == partition.topic;
         });
}

// What appeared since the run began was not there to be read.
std::int64_t group_beginnings::pinned_end(const partition_log& log) const {
  if (!m_plan.selection.ends_at_start()) return no_end;
  const auto found =
      std::find_if(m_at_start.logs.begin(), m_at_start.logs.end(), [&](const partition_log& each) {
        return each.partition == log.partition && each.topic == log.topic;
      });
  return found == m_at_start.logs.end() ? log.begin : found->end;
}

void group_beginnings::tell(const partition_log& log, const group_start& start,
                            std::int64_t committed) {
  using reason = group_start::reason;
  auto& out = m_context.messages();
  const auto place = fmt::format("{} [{}]", log.topic, log.partition);
  switch (start.why) {
    case reason::removed:
      out.warning("{}: offsets {} to {} ({}) are gone from the log; going on at {}", place,
                  committed, log.begin - 1, log.begin - committed, log.begin);
      break;
    case reason::made_anew:
      out.warning(
          "{}: the log ends at {}, before offset {}: it was made anew; going on at its start {}",
          place, log.end, committed, log.begin);
      break;
    case reason::appeared:
      out.info("{} is new; reading it from offset {}", place, start.first);
      break;
    case reason::committed:
    case reason::asked_for:
      out.detail("reading {} from offset {}", place, start.first);
  }
}

}  // namespace logpipe::logcat
