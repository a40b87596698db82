#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"
#include "partition_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {
namespace {

std::vector<std::string> distinct_topics(const std::vector<std::string>& names) {
  if (names.empty()) throw app::usage_error("name a TOPIC to print; see logcat --help");
  std::vector<std::string> topics;
  for (const auto& name : names) {
    if (name.starts_with('^')) {
      throw app::usage_error(
          fmt::format("\"{}\": regular expressions are not known here; name the topics", name));
    }
    app::check_topic_name(name);
    if (std::find(topics.begin(), topics.end(), name) == topics.end()) topics.push_back(name);
  }
  return topics;
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

selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics) {
  using kind = start_position::kind;
  if (options.from && options.tail) throw app::usage_error("-o and -n exclude each other");
  selection_plan plan;
  plan.topics = distinct_topics(topics);
  if (options.partitions) plan.partitions = parse_partitions(*options.partitions);
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
