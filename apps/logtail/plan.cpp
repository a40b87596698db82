#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"
#include "metrics_file.hpp"
#include "plan_following.hpp"
#include "plan_records.hpp"
#include "state_file.hpp"

#include <logpipe/kafka/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace logpipe::logtail {
namespace {

constexpr std::size_t least_memory = std::size_t{64} << 10;

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

std::optional<milliseconds> interval_of(const char* name, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto interval = app::duration_value(name, *text);
  if (interval < milliseconds(1)) throw app::usage_error(fmt::format("{}: at least 1ms", name));
  return interval;
}

void set_limits(const options& options, plan& to) {
  if (options.memory) to.memory = app::size_value("--memory", *options.memory);
  if (to.memory < least_memory) throw app::usage_error("--memory: at least 64K");
  if (options.timeout) to.timeout = app::duration_value("--timeout", *options.timeout);
  if (options.stop_timeout) {
    to.stop_timeout = app::duration_value("--stop-timeout", *options.stop_timeout);
  }
}

std::optional<std::string> metrics_of(const options& options) {
  if (options.metrics && !metrics_file::can_be(*options.metrics)) {
    throw app::usage_error(fmt::format(
        "--metrics: \"{}\" is no regular file, nor can it become one", *options.metrics));
  }
  return options.metrics;
}

/// A stream cannot be read again from where a run left it.
void check_has_position(const std::string& path) {
  std::error_code unknown;
  if (path == "-") throw app::usage_error("--state: stdin has no position; ship it without");
  if (std::filesystem::is_fifo(path, unknown)) {
    throw app::usage_error(fmt::format("--state: {} is a FIFO, which has no position", path));
  }
}

void set_state(const options& options, plan& to) {
  if (options.wait_lock && !options.state) {
    throw app::usage_error("--wait-lock: with --state alone");
  }
  if (!options.state) return;
  if (options.state->empty()) throw app::usage_error("--state: the name is empty");
  std::for_each(to.paths.begin(), to.paths.end(), check_has_position);
  check_is_no_source(*options.state, to.paths);
  to.state = options.state;
  if (options.wait_lock) to.wait_lock = app::duration_value("--wait-lock", *options.wait_lock);
}

}  // namespace

plan make_plan(const options& options) {
  plan plan;
  plan.connection = resolve_connection(options.connection);
  set_compression(plan.connection.settings, options.codec);
  plan.topic = plan_topic(options);
  plan.topic_text = *options.topic;
  plan.create_topic = plan_new_topic(options);
  plan.routing = plan_routing(options);
  plan.composition = plan_composition(options);
  plan.rejected = options.rejected;
  plan.dry_run = options.dry_run;

  set_limits(options, plan);
  plan.paths = paths_of(options);
  plan.recursive = options.recursive;
  set_state(options, plan);
  plan.follow = plan_following(options, plan.memory);
  plan.max_line_is_ours = !options.max_line;
  plan.bounded = options.once || plan.paths == std::vector<std::string>{"-"};

  plan.stats = interval_of("--stats", options.stats);
  plan.metrics = metrics_of(options);
  plan.progress =
      plan.bounded && app::wants_progress(app::when_value("--progress", options.progress));
  plan.tell = app::level_of(options.connection, plan.bounded);
  return plan;
}

bool plan::reads_stdin() const {
  return std::find(paths.begin(), paths.end(), "-") != paths.end();
}

}  // namespace logpipe::logtail
