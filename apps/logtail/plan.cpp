#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace logpipe::logtail {
namespace {

constexpr std::size_t least_memory = std::size_t{64} << 10;

follow::start_at start_of(const options& options) {
  using kind = follow::start_at::kind;
  if (options.lines) {
    return {kind::last_lines,
            static_cast<std::uint64_t>(app::integer_value("-n", *options.lines, 0))};
  }
  const std::string from = options.from.value_or(options.once ? "beginning" : "end");
  if (from == "beginning") return {kind::beginning};
  if (from == "end") return {kind::end};
  const auto last = parse_integer(from);
  if (!last || *last > 0 || !from.starts_with('-')) {
    throw app::usage_error(
        fmt::format("--from: \"{}\" is none of end, beginning and -N (the last N lines)", from));
  }
  return {kind::last_lines, static_cast<std::uint64_t>(-*last)};
}

ship::routing routing_of(const options& options) {
  using kind = ship::routing::kind;
  if (!options.partition) return {options.key ? kind::key : kind::file};
  if (*options.partition == "file") return {kind::file};
  if (*options.partition == "spread") return {kind::spread};
  const auto number = parse_integer(*options.partition);
  if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) {
    throw app::usage_error(fmt::format(
        "-p: \"{}\" is none of file, spread and a partition's number", *options.partition));
  }
  return {kind::fixed, static_cast<std::int32_t>(*number)};
}

std::vector<std::string> paths_of(const options& options) {
  std::vector<std::string> paths;
  for (const auto& path : options.paths) {
    if (path.empty()) throw app::usage_error("a PATH is empty");
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  if (paths.empty()) throw app::usage_error("no PATH; name the files to ship, or - for stdin");
  return paths;
}

void set_compression(kafka::config& settings, const std::optional<std::string>& codec) {
  constexpr std::array<std::string_view, 5> known{"none", "gzip", "snappy", "lz4", "zstd"};
  if (codec && std::find(known.begin(), known.end(), *codec) == known.end()) {
    throw app::usage_error(
        fmt::format("-z: \"{}\" is none of none, gzip, snappy, lz4 and zstd", *codec));
  }
  if (codec) settings.set("compression.codec", *codec, "-z");
  settings.set_default("compression.codec", "lz4");
}

/// tail's -F is no file of ours: whoever wrote `logtail -F app.log` wanted to follow it.
app::connection_plan resolve_connection(const app::connection_options& options) {
  try {
    return app::resolve(options);
  } catch (const kafka::config_error& error) {
    if (options.files.empty()) throw;
    throw app::usage_error(fmt::format(
        "{}; -F names a file of librdkafka properties (to follow a file: logtail -t TOPIC FILE)",
        error.what()));
  }
}

}  // namespace

plan make_plan(const options& options) {
  plan plan;
  plan.connection = resolve_connection(options.connection);
  if (!options.topic) throw app::usage_error("no topic; write -t TOPIC");
  app::check_topic_name(*options.topic);
  plan.topic = *options.topic;
  plan.paths = paths_of(options);
  plan.dry_run = options.dry_run;
  plan.routing = routing_of(options);
  plan.key = options.key;
  set_compression(plan.connection.settings, options.codec);

  if (options.memory) plan.memory = app::size_value("--memory", *options.memory);
  if (plan.memory < least_memory) throw app::usage_error("--memory: at least 64K");
  if (options.timeout) plan.timeout = app::duration_value("--timeout", *options.timeout);
  if (options.stop_timeout) {
    plan.stop_timeout = app::duration_value("--stop-timeout", *options.stop_timeout);
  }

  plan.follow.once = options.once;
  plan.follow.start = start_of(options);
  plan.follow.max_line = std::max(plan.memory / 2, least_memory);
  plan.follow.block_size = std::min<std::size_t>(plan.follow.block_size, plan.memory / 4);
  if (options.poll) {
    plan.follow.poll = app::duration_value("--poll", *options.poll);
    if (*plan.follow.poll < milliseconds(1)) throw app::usage_error("--poll: at least 1ms");
  }
  plan.bounded = options.once || plan.paths == std::vector<std::string>{"-"};
  plan.tell = app::level_of(options.connection, plan.bounded);
  return plan;
}

bool plan::reads_stdin() const {
  return std::find(paths.begin(), paths.end(), "-") != paths.end();
}

}  // namespace logpipe::logtail
