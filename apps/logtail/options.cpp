#include "options.hpp"

#include "common/command_line.hpp"

#include <CLI/CLI.hpp>

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

void add_options(CLI::App& app, options& to) {
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

}  // namespace

app::parsed parse_options(int argc, const char* const* argv, options& parsed_options) {
  CLI::App app(examples, "logtail");
  add_options(app, parsed_options);
  return app::parse_command_line(app, "logtail -t TOPIC [options] PATH...", argc, argv, foreign);
}

}  // namespace logpipe::logtail
