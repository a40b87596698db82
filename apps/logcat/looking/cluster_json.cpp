#include "cluster_text.hpp"

#include <logpipe/format/json_line.hpp>

#include <optional>

namespace logpipe::logcat {
namespace {

std::string_view name_of(kafka::error_code error) {
  return error == 0 ? "" : kafka::name_of(error);
}

std::optional<std::int64_t> leader_of(const partition_facts& partition) {
  if (partition.leaderless()) return std::nullopt;
  return partition.info.leader;
}

void append_topic(output_buffer& out, const topic_facts& topic) {
  const auto sum = totals_of(topic);
  format::json_line(out)
      .text("type", "topic")
      .text("topic", topic.name)
      .flag("internal", topic.internal())
      .number("partitions", static_cast<std::int64_t>(sum.partitions))
      .number("under_replicated", static_cast<std::int64_t>(sum.under_replicated))
      .number("leaderless", static_cast<std::int64_t>(sum.leaderless))
      .number("offsets", sum.offsets)
      .text_or_null("error", name_of(topic.error));
  for (const auto& each : topic.partitions) {
    format::json_line(out)
        .text("type", "partition")
        .text("topic", topic.name)
        .number("partition", each.info.id)
        .number("leader", leader_of(each))
        .numbers("replicas", each.info.replicas)
        .numbers("isr", each.info.in_sync)
        .number("first", each.begin)
        .number("end", each.end)
        .number("stable", each.stable)
        .number("offsets", each.offsets())
        .flag("under_replicated", each.under_replicated())
        .text_or_null("error", name_of(each.error));
  }
}

}  // namespace

void append_cluster_json(output_buffer& out, const cluster_facts& cluster) {
  for (const auto& each : cluster.brokers) {
    const bool there = !each.away();
    format::json_line(out)
        .text("type", "broker")
        .number("id", each.info.id)
        .text_or_null("host", each.info.host)
        .number("port", there ? std::optional<std::int64_t>(each.info.port) : std::nullopt)
        .flag("controller", each.controller)
        .number("leads", static_cast<std::int64_t>(each.leads))
        .number("holds", static_cast<std::int64_t>(each.holds));
  }
  for (const auto& topic : cluster.topics) {
    append_topic(out, topic);
  }
}

}  // namespace logpipe::logcat
