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

format::record_format compile_format(const options& options, bool terminal) {
  const std::string text =
      options.value_only ? "%s\\n" : options.format.value_or(std::string(format::default_format));
  try {
    auto format = format::record_format::compile(
        text, terminal ? format::escaping::unsafe : format::escaping::none);
    if (options.nul) format.end_with_nul();
    return format;
  } catch (const format::format_error& error) {
    throw app::usage_error(
        fmt::format("-f: {} at position {} of \"{}\"", error.what(), error.position() + 1, text));
  }
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

void check_exclusive(const options& options) {
  if (options.from && options.tail) throw app::usage_error("-o and -n exclude each other");
  if (options.format && options.value_only) {
    throw app::usage_error("-f and --value exclude each other");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  using kind = start_position::kind;
  check_exclusive(options);
  plan plan;
  plan.topics = distinct_topics(options.topics);
  plan.exit_at_end = options.exit;
  plan.start.what = options.exit ? kind::oldest : kind::newest;
  if (options.from) plan.start = parse_start(*options.from);
  plan.tail = optional_integer("-n", options.tail, 0);
  plan.count = optional_integer("-c", options.count, 1);
  plan.timeout = optional_duration("--timeout", options.timeout);
  plan.idle = optional_duration("--idle", options.idle);
  if (options.partitions) plan.partitions = parse_partitions(*options.partitions);
  plan.format = compile_format(options, terminal);
  plan.bounded = plan.exit_at_end || plan.count || plan.timeout || plan.idle;
  plan.connection = app::resolve(options.connection);
  return plan;
}

}  // namespace logpipe::logcat
