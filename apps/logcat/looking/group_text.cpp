#include "group_text.hpp"

#include "table.hpp"

#include <logpipe/format/json_line.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace logpipe::logcat {
namespace {

using align = table::alignment;

std::string number_or(const std::optional<std::int64_t>& value, const char* otherwise) {
  return value ? std::to_string(*value) : otherwise;
}

/// How many there are, where that is known.
std::optional<std::int64_t> members_of(const group_facts& group) {
  if (group.members_hidden) return std::nullopt;
  return static_cast<std::int64_t>(group.info.members.size());
}

/// "orders 0,1,2; payments 0" from what is sorted.
std::string places_of(const kafka::group_member& member) {
  std::string text;
  const std::string* topic = nullptr;
  for (const auto& each : member.assigned) {
    const bool same = topic != nullptr && *topic == each.topic;
    text += same ? fmt::format(",{}", each.partition)
                 : fmt::format("{}{} {}", text.empty() ? "" : "; ", each.topic, each.partition);
    topic = &each.topic;
  }
  return text.empty() ? "none" : text;
}

std::string remark_of(const group_partition& partition) {
  std::vector<std::string> remarks;
  if (partition.error != 0) remarks.emplace_back(kafka::text_of(partition.error));
  if (!partition.committed) remarks.emplace_back("nothing committed");
  if (partition.gone() > 0) {
    remarks.push_back(fmt::format("{} of them gone from the log", partition.gone()));
  }
  if (partition.past_end()) remarks.emplace_back("committed past the end");
  return fmt::format("{}", fmt::join(remarks, "; "));
}

row_colour colour_of(const group_partition& partition) {
  if (partition.error != 0) return row_colour::alarm;
  return partition.gone() > 0 || partition.past_end() ? row_colour::warning : row_colour::none;
}

void append_members(output_buffer& out, const group_facts& group, bool coloured) {
  table members({{"CLIENT"}, {"HOST"}, {"MEMBER"}, {"INSTANCE"}, {"PARTITIONS"}});
  for (const auto& each : group.info.members) {
    members.add({each.client_id, each.host, each.id, each.instance_id, places_of(each)});
  }
  if (members.empty()) return;
  members.append_to(out, coloured);
  out.append('\n');
}

void append_partitions(output_buffer& out, const group_facts& group, bool coloured) {
  table partitions({{"TOPIC"},
                    {"PARTITION", align::right},
                    {"COMMITTED", align::right},
                    {"END", align::right},
                    {"LAG", align::right},
                    {"CLIENT"},
                    {"HOST"},
                    {""}});
  const bool has_members = !group.info.members.empty();
  for (const auto& each : group.partitions) {
    const auto* member = each.member ? &group.info.members[*each.member] : nullptr;
    const std::string nobody = has_members ? "-" : "";
    partitions.add(
        {each.where.topic, std::to_string(each.where.partition), number_or(each.committed, "-"),
         number_or(each.stable, "?"), number_or(each.lag(), each.committed ? "?" : "-"),
         member == nullptr ? nobody : member->client_id, member == nullptr ? nobody : member->host,
         remark_of(each)},
        colour_of(each));
  }
  if (!partitions.empty()) partitions.append_to(out, coloured);
}

void append_partition(output_buffer& out, const group_facts& group,
                      const group_partition& partition) {
  const kafka::group_member nobody;
  const auto& member = partition.member ? group.info.members[*partition.member] : nobody;
  format::json_line(out)
      .text("type", "committed")
      .text("group", group.name)
      .text("topic", partition.where.topic)
      .number("partition", partition.where.partition)
      .number("committed", partition.committed)
      .text("metadata", partition.metadata)
      .number("first", partition.begin)
      .number("stable", partition.stable)
      .number("lag", partition.lag())
      .number("gone", partition.gone())
      .text_or_null("member", member.id)
      .text_or_null("client", member.client_id)
      .text_or_null("host", member.host)
      .text_or_null("error", partition.error == 0 ? "" : kafka::name_of(partition.error));
}

}  // namespace

void append_group_text(output_buffer& out, const group_facts& group, bool coloured) {
  table head({{"GROUP"},
              {"STATE"},
              {"ASSIGNOR"},
              {"COORDINATOR"},
              {"MEMBERS", align::right},
              {"LAG", align::right}});
  head.add({group.name, group.info.state, group.info.assignor, group.info.coordinator,
            number_or(members_of(group), "?"), std::to_string(group.lag())});
  head.append_to(out, coloured);
  out.append('\n');
  append_members(out, group, coloured);
  append_partitions(out, group, coloured);
}

void append_group_json(output_buffer& out, const group_facts& group) {
  format::json_line(out)
      .text("type", "group")
      .text("group", group.name)
      .text("state", group.info.state)
      .text_or_null("assignor", group.info.assignor)
      .text_or_null("coordinator", group.info.coordinator)
      .number("members", members_of(group))
      .number("partitions", static_cast<std::int64_t>(group.partitions.size()))
      .number("lag", group.lag());
  for (const auto& each : group.info.members) {
    format::json_line(out)
        .text("type", "member")
        .text("group", group.name)
        .text("member", each.id)
        .text("client", each.client_id)
        .text("host", each.host)
        .text_or_null("instance", each.instance_id)
        .number("partitions", static_cast<std::int64_t>(each.assigned.size()));
  }
  for (const auto& each : group.partitions) {
    append_partition(out, group, each);
  }
}

}  // namespace logpipe::logcat
