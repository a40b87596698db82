#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"
#include "partition_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace logpipe::logcat {
namespace {

void add_expression(selection_plan& plan, const std::string& text) {
  try {
    plan.expressions.add(text);
  } catch (const invalid_pattern& error) {
    throw app::usage_error(
        fmt::format("\"{}\" is no regular expression for topics: {}", text, error.what()));
  }
}

void add_topics(selection_plan& plan, const std::vector<std::string>& topics) {
  if (topics.empty()) throw app::usage_error("name a TOPIC to print; see logcat --help");
  for (const auto& topic : topics) {
    if (topic_expressions::is_expression(topic)) {
      add_expression(plan, topic);
      continue;
    }
    app::check_topic_name(topic);
    if (!plan.names(topic)) plan.topics.push_back(topic);
  }
}

kafka::isolation_level parse_isolation(std::string_view text) {
  if (text == "committed") return kafka::isolation_level::committed;
  if (text == "uncommitted") return kafka::isolation_level::uncommitted;
  throw app::usage_error(
      fmt::format("--isolation: \"{}\" is no isolation; write committed or uncommitted", text));
}

std::optional<std::int64_t> optional_integer(const char* name,
                                             const std::optional<std::string>& text,
                                             std::int64_t least) {
  if (!text) return std::nullopt;
  return app::integer_value(name, *text, least);
}

std::optional<std::chrono::milliseconds> optional_duration(const char* name,
                                                           const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return app::duration_value(name, *text);
}

void require_one_topic(const selection_plan& plan, std::string_view option) {
  if (plan.topics.size() == 1 && plan.expressions.empty()) return;
  throw app::usage_error(fmt::format("{} takes one TOPIC, by name", option));
}

/// One place to begin is enough.
void check_begin(const selection_options& options) {
  std::vector<std::string_view> given;
  if (options.from) given.emplace_back("-o");
  if (options.since) given.emplace_back("--since");
  if (options.tail) given.emplace_back("-n");
  if (!options.at.empty()) given.emplace_back("--at");
  if (given.size() > 1) {
    throw app::usage_error(fmt::format("{} and {} exclude each other", given[0], given[1]));
  }
}

void resolve_start(const selection_options& options, selection_plan& plan) {
  using kind = start_position::kind;
  plan.start.what = options.exit || options.until ? kind::oldest : kind::newest;
  if (plan.times.since != time_bounds().since) plan.start = {kind::time, plan.times.since};
  if (!options.from) return;
  if (!names_partitions(*options.from)) {
    plan.start = parse_start(*options.from);
    return;
  }
  if (options.partitions) {
    throw app::usage_error("-o with partitions reads these alone; leave -p out");
  }
  require_one_topic(plan, "-o with partitions");
  plan.starts = parse_partition_starts(*options.from);
  for (const auto& [partition, start] : plan.starts) {
    plan.partitions.push_back(partition);
  }
}

void resolve_times(const selection_options& options, std::int64_t now, selection_plan& plan) {
  time_bounds& times = plan.times;
  if (options.since) times.since = app::time_value("--since", *options.since, now);
  if (options.until) times.until = app::time_value("--until", *options.until, now);
  if (options.since && options.until && times.until < times.since) {
    throw app::usage_error(fmt::format("--until {} lies before --since {}: there is no such record",
                                       *options.until, *options.since));
  }
  plan.until_lies_ahead = options.until && times.until > now;
  if (!options.slack) return;
  if (!options.until) throw app::usage_error("--slack belongs to --until");
  times.slack = app::duration_value("--slack", *options.slack);
}

void resolve_at(const selection_options& options, selection_plan& plan) {
  if (options.at.empty()) return;
  std::set<std::int32_t> partitions;
  for (const auto& text : options.at) {
    plan.at.push_back(parse_record_place(text));
    partitions.insert(plan.at.back().partition);
  }
  plan.partitions.assign(partitions.begin(), partitions.end());
  require_one_topic(plan, "--at");
  if (options.until) throw app::usage_error("--at and --until exclude each other");
  if (options.partitions) throw app::usage_error("--at names the partition; leave -p out");
}

}  // namespace

bool selection_plan::names(std::string_view topic) const {
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

bool selection_plan::wants(std::int32_t partition) const {
  return partitions.empty() ||
         std::find(partitions.begin(), partitions.end(), partition) != partitions.end();
}

bool selection_plan::looks_back() const {
  const auto is_last = [](const start_position& each) {
    return each.what == start_position::kind::last;
  };
  return tail || is_last(start) || std::any_of(starts.begin(), starts.end(), [&](const auto& each) {
           return is_last(each.second);
         });
}

const start_position& selection_plan::start_of(std::int32_t partition) const {
  const auto own = starts.find(partition);
  return own == starts.end() ? start : own->second;
}

selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics,
                       std::int64_t now) {
  check_begin(options);
  selection_plan plan;
  add_topics(plan, topics);
  if (options.partitions) plan.partitions = parse_partitions(*options.partitions);
  if (options.isolation) plan.isolation = parse_isolation(*options.isolation);
  resolve_times(options, now, plan);
  resolve_start(options, plan);
  resolve_at(options, plan);
  plan.exit_at_end = options.exit;
  plan.tail = optional_integer("-n", options.tail, 0);
  if (plan.tail && plan.has_until() && !plan.until_lies_ahead) {
    throw app::usage_error("-n counts from the end of the topic, which --until leaves out");
  }
  plan.count = optional_integer("-c", options.count, 1);
  plan.timeout = optional_duration("--timeout", options.timeout);
  plan.idle = optional_duration("--idle", options.idle);
  return plan;
}

}  // namespace logpipe::logcat
