#include "cluster_text.hpp"

#include "table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

namespace logpipe::logcat {
namespace {

using align = table::alignment;

constexpr const char* unknown = "?";

std::string number_of(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : unknown;
}

/// Where it is what the end is, it would only be one number more to read.
std::string stable_of(const partition_facts& partition) {
  return partition.held_back() ? std::to_string(*partition.stable) : "";
}

std::string remark_of(const topic_facts& topic, const partition_facts& partition) {
  std::vector<std::string> remarks;
  if (partition.leaderless()) {
    remarks.emplace_back("no leader");
  } else if (partition.error != 0) {
    const bool silent = kafka::classify(partition.error) == kafka::failure::unreachable;
    remarks.push_back(silent ? fmt::format("broker {} does not answer", partition.info.leader)
                             : kafka::text_of(partition.error));
  }
  if (partition.under_replicated()) {
    remarks.push_back(fmt::format("under-replicated, {} of {}", partition.info.in_sync.size(),
                                  partition.info.replicas.size()));
  }
  if (partition.held_back()) {
    remarks.push_back(fmt::format("{} behind an open transaction",
                                  *partition.end - *partition.stable));
  }
  if (topic.internal()) remarks.emplace_back("internal");
  return fmt::format("{}", fmt::join(remarks, "; "));
}

row_colour colour_of(const partition_facts& partition) {
  if (partition.leaderless() || partition.error != 0) return row_colour::alarm;
  return partition.under_replicated() ? row_colour::warning : row_colour::none;
}

void append_brokers(output_buffer& out, const cluster_facts& cluster, bool coloured) {
  table brokers({{"BROKER", align::right},
                 {"ADDRESS"},
                 {"LEADS", align::right},
                 {"HOLDS", align::right},
                 {""}});
  for (const auto& each : cluster.brokers) {
    brokers.add({std::to_string(each.info.id),
                 each.away() ? unknown : fmt::format("{}:{}", each.info.host, each.info.port),
                 std::to_string(each.leads), std::to_string(each.holds),
                 each.away()       ? "away"
                 : each.controller ? "controller"
                                   : ""},
                each.away() ? row_colour::alarm : row_colour::none);
  }
  if (brokers.empty()) return;
  brokers.append_to(out, coloured);
  out.append('\n');
}

void append_partitions(output_buffer& out, const cluster_facts& cluster, bool coloured) {
  table partitions({{"TOPIC"},
                    {"PARTITION", align::right},
                    {"LEADER", align::right},
                    {"REPLICAS"},
                    {"IN-SYNC"},
                    {"FIRST", align::right},
                    {"END", align::right},
                    {"STABLE", align::right},
                    {"OFFSETS", align::right},
                    {""}});
  for (const auto& topic : cluster.topics) {
    if (topic.error != 0) {
      partitions.add({topic.name, "-", "-", "-", "-", "-", "-", "", "-",
                      kafka::text_of(topic.error)},
                     row_colour::alarm);
    }
    for (const auto& each : topic.partitions) {
      partitions.add({topic.name, std::to_string(each.info.id),
                      each.leaderless() ? "none" : std::to_string(each.info.leader),
                      fmt::format("{}", fmt::join(each.info.replicas, ",")),
                      fmt::format("{}", fmt::join(each.info.in_sync, ",")), number_of(each.begin),
                      number_of(each.end), stable_of(each), number_of(each.offsets()),
                      remark_of(topic, each)},
                     colour_of(each));
    }
  }
  if (partitions.empty()) return;
  partitions.append_to(out, coloured);
  out.append('\n');
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void append_totals(output_buffer& out, const cluster_facts& cluster) {
  const auto sum = totals_of(cluster);
  out.append(fmt::format("{}, {}", counted(sum.topics, "topic"),
                         counted(sum.partitions, "partition")));
  std::vector<std::string> trouble;
  if (sum.leaderless > 0) trouble.push_back(fmt::format("{} without a leader", sum.leaderless));
  if (sum.under_replicated > 0) {
    trouble.push_back(fmt::format("{} under-replicated", sum.under_replicated));
  }
  if (sum.unanswered > 0) {
    trouble.push_back(fmt::format("{} with unknown offsets", sum.unanswered));
  }
  if (!trouble.empty()) out.append(fmt::format(": {}", fmt::join(trouble, ", ")));
  out.append('\n');
}

}  // namespace

void append_cluster_text(output_buffer& out, const cluster_facts& cluster, bool coloured) {
  append_brokers(out, cluster, coloured);
  append_partitions(out, cluster, coloured);
  append_totals(out, cluster);
}

}  // namespace logpipe::logcat
