#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"
#include "partition_list.hpp"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

bool selection_plan::names(std::string_view topic) const {
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

bool selection_plan::wants(std::int32_t partition) const {
  return partitions.empty() ||
         std::find(partitions.begin(), partitions.end(), partition) != partitions.end();
}

selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics) {
  using kind = start_position::kind;
  if (options.from && options.tail) throw app::usage_error("-o and -n exclude each other");
  selection_plan plan;
  add_topics(plan, topics);
  if (options.partitions) plan.partitions = parse_partitions(*options.partitions);
  if (options.isolation) plan.isolation = parse_isolation(*options.isolation);
  plan.exit_at_end = options.exit;
  plan.start.what = options.exit ? kind::oldest : kind::newest;
  if (options.from) plan.start = parse_start(*options.from);
  plan.tail = optional_integer("-n", options.tail, 0);
  plan.count = optional_integer("-c", options.count, 1);
  plan.timeout = optional_duration("--timeout", options.timeout);
  plan.idle = optional_duration("--idle", options.idle);
  return plan;
}

}  // namespace logpipe::logcat
