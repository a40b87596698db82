#include "options.hpp"

#include "common/command_line.hpp"
#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace logpipe::logtail {
namespace {

constexpr const char* examples =
    "Ships every line of log files to a Kafka topic, through rotation, and loses none.\n\n"
    "Examples:\n"
    "  logtail -t web /var/log/nginx/access.log           follow a file\n"
    "  logtail -t jobs --once -b kafka1:9092 report.log   ship a file and exit\n"
    "  make 2>&1 | logtail -t builds -k nightly -         ship what a pipe gives\n";

constexpr std::array<app::foreign_option, 16> foreign{{
    {"-v", "for more messages write --verbose; to leave lines out, filter them first (grep -v)"},
    {"-P", "logtail always sends; leave it out"},
    {"-C", "logtail sends; logcat reads"},
    {"-L", "logtail sends; kcat -L lists"},
    {"-l", "files are named as they are: logtail -t TOPIC FILE"},
    {"-c", "to begin with the last N lines write -n N; to stop at the end, --once"},
    {"-o", "where to begin is --from end, beginning or -N"},
    {"-e", "to stop at the end of the files write --once"},
    {"-f", "logtail follows unless --once is given; leave it out"},
    {"-G", "logtail sends; logcat reads"},
    {"-J", "logtail ships lines as they are; leave it out"},
    {"-s", "to look at files at an interval write --poll=D"},
    {"-u", "lines are sent as soon as they are read; leave it out"},
    {"--follow", "logtail follows unless --once is given; leave it out"},
    {"--lines", "to begin with the last N lines write -n N"},
    {"--retry", "a file that is missing is always waited for; leave it out"},
}};

constexpr std::size_t least_memory = std::size_t{64} << 10;

/// The options as they were written.
struct logtail_options {
  app::connection_options connection;
  std::vector<std::string> paths;
  std::optional<std::string> topic, from, lines, poll, partition, key, codec, memory, timeout,
      stop_timeout;
  bool once = false;
  bool dry_run = false;
};

void add_options(CLI::App& app, logtail_options& to) {
  const auto add = [&app](const char* group, const char* name, auto& value, const char* type,
                          const char* help) {
    return app.add_option(name, value, help)->type_name(type)->group(group);
  };
  app.add_option("PATH", to.paths, "Files, or - for stdin")->type_name("")->group("Which lines");

  constexpr const char* lines = "Which lines";
  auto* from = add(lines, "--from", to.from, "WHERE",
                   "Where a file begins that is there: end (default when following), beginning\n"
                   "(default with --once) or -N, its last N lines");
  add(lines, "-n", to.lines, "N", "The last N lines, as --from -N")->excludes(from);
  app.add_flag("--once", to.once, "Ship up to the end of every file as it is now, then exit")
      ->group(lines);
  app.add_flag("--poll{250ms}", to.poll, "Look at files every D (--poll=D), no inotify")
      ->group(lines);

  constexpr const char* target = "Where to";
  add(target, "-t,--topic", to.topic, "NAME", "The topic");
  add(target, "-k,--key", to.key, "TEXT", "Key of every record (default none)");
  add(target, "-p,--partition", to.partition, "P",
      "file: a file's lines all to one partition (default without a key);\n"
      "spread: a batch to one, the next to the next; N: partition N.\n"
      "With a key the default is by its hash");
  add(target, "-z,--compress", to.codec, "CODEC", "none, gzip, snappy, lz4 (default), zstd");

  constexpr const char* limits = "Limits";
  add(limits, "--memory", to.memory, "SIZE",
      "Bound on what is read and not acknowledged (default 32M)");
  add(limits, "--timeout", to.timeout, "D", "Limit of the whole run; 3 if work is left");
  add(limits, "--stop-timeout", to.stop_timeout, "D",
      "How long an ending by a signal may take to ship what is there (default 5s)");
  app.add_flag("--dry-run", to.dry_run, "Print what would be sent, as JSON; asks no broker")
      ->group(limits);
  to.connection.add_to(app);
}

follow::start_at start_of(const logtail_options& options) {
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

ship::routing routing_of(const logtail_options& options) {
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

std::vector<std::string> paths_of(const logtail_options& options) {
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

logtail_plan resolve_all(const logtail_options& options) {
  logtail_plan plan;
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

}  // namespace

bool logtail_plan::reads_stdin() const {
  return std::find(paths.begin(), paths.end(), "-") != paths.end();
}

std::optional<logtail_plan> parse_logtail(int argc, const char* const* argv) {
  CLI::App app(examples, "logtail");
  logtail_options options;
  add_options(app, options);
  constexpr const char* usage = "logtail -t TOPIC [options] PATH...";
  if (app::parse_command_line(app, usage, argc, argv, foreign) == app::parsed::done)
    return std::nullopt;
  return resolve_all(options);
}

}  // namespace logpipe::logtail
