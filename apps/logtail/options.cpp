#include "options.hpp"

#include "common/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>

namespace logpipe::logtail {
namespace {

constexpr const char* examples =
    "Ships every line of log files to a Kafka topic, through rotation, and loses none.\n\n"
    "Examples:\n"
    "  logtail -t web /var/log/nginx/access.log           follow a file\n"
    "  logtail -t jobs --once -b kafka1:9092 report.log   ship a file and exit\n"
    "  make 2>&1 | logtail -t builds -k nightly -         ship what a pipe gives\n";

constexpr std::array<app::foreign_option, 15> foreign{{
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
    {"-s", "to look at files at an interval write --poll=D"},
    {"-u", "lines are sent as soon as they are read; leave it out"},
    {"--follow", "logtail follows unless --once is given; leave it out"},
    {"--lines", "to begin with the last N lines write -n N"},
    {"--retry", "a file that is missing is always waited for; leave it out"},
}};

constexpr std::array<app::property_advice, 4> instead{{
    {"group.id", "logtail joins none; logcat reads"},
    {"isolation.level", "logtail sends; logcat reads"},
    {"message.timeout.ms", "--timeout limits the run"},
    {"auto.offset.reset", "--from says where in a file to begin"},
}};

/// Adds options to one group of the help.
class option_group {
public:
  option_group(CLI::App& app, const char* name) : m_app(app), m_name(name) {}

  CLI::Option* value(const char* name, std::optional<std::string>& to, const char* type,
                     const char* help) {
    return m_app.add_option(name, to, help)->type_name(type)->group(m_name);
  }
  void values(const char* name, std::vector<std::string>& to, const char* type, const char* help) {
    m_app.add_option(name, to, help)->type_name(type)->allow_extra_args(false)->group(m_name);
  }
  /// A value may stand behind an equals sign; `name` ends with the default in braces.
  void optional_value(const std::string& name, std::optional<std::string>& to, const char* type,
                      const char* help) {
    m_app.add_flag(name, to, help)->type_name(type)->group(m_name);
  }
  void flag(const char* name, bool& to, const char* help) {
    m_app.add_flag(name, to, help)->group(m_name);
  }

private:
  CLI::App& m_app;
  const char* m_name;
};

void add_sources(CLI::App& app, options& to) {
  option_group group(app, "Which files");
  app.add_option("PATH", to.paths,
                 "Files, quoted globs ('*.log', ** for any directories), directories,\n"
                 "or - for stdin")
      ->type_name("")
      ->group("Which files");
  CLI::Option* from =
      group.value("--from", to.from, "WHERE",
                  "Where a file begins that is there and has no position: end (default\n"
                  "when following), beginning (default with --once or --state) or -N,\n"
                  "its last N lines");
  group.value("-n", to.last_lines, "N", "The last N lines, as --from -N")->excludes(from);
  group.flag("--once", to.once, "Ship up to the end of every file as it is now, then exit");
  group.flag("-r,--recursive", to.recursive, "A directory stands for its whole tree");
  group.values("--exclude", to.exclude, "GLOB", "Leave files out, by name or by path");
  group.value("--ignore-older", to.ignore_older, "D",
              "Leave out files without a position that were last changed\n"
              "longer ago");
  group.values("--rotated", to.rotated, "GLOB",
               "Where a file's earlier generations lie, if not at the usual names;\n"
               "may hold {name} and {path}");
  group.optional_value("--poll{250ms}", to.poll, "D",
                       "Look at files every D (--poll=D), no inotify");
}

void add_framing(CLI::App& app, options& to) {
  option_group group(app, "What is a line");
  CLI::Option* delimiter = group.value("-D,--delimiter", to.delimiter, "STR",
                                       "What ends a line (default \\n, and a \\r before it is\n"
                                       "dropped); \\t, \\xNN are understood");
  app.add_flag("-0", to.nul, "A NUL ends a line")->excludes(delimiter)->group("What is a line");
  group.flag("--keep-cr", to.keep_return, "Keep a \\r before the line end");
  group.value("--max-line", to.max_line, "SIZE",
              "Longer lines come in pieces, all but the last with the header\n"
              "partial: 1 (default 900K, or what the topic takes)");
  group.value("--multiline-start", to.multiline_start, "RE",
              "A line that does not match belongs to the record before it");
  group.value("--multiline-timeout", to.multiline_timeout, "D",
              "Ship the last record after D without a line (default 2s)");
  group.value("--flush-partial", to.flush_partial, "D",
              "Ship an unfinished last line when the file has been still for D\n"
              "(default: never when following; with --once at once, 1h with --state)");
  group.values("--include", to.include, "RE", "Only lines that match one of these");
  group.values("--drop", to.drop, "RE", "No lines that match one of these");
}

void add_target(CLI::App& app, options& to) {
  option_group group(app, "Where to");
  group.value("-t,--topic", to.topic, "NAME",
              "The topic; with {name} or {host} in it, one for each file");
  const std::string create = fmt::format("--create-topic{{{}}}", default_topic);
  group.optional_value(create, to.create_topic, "P[:R]",
                       "Make the topic if there is none, with P partitions and R\n"
                       "replicas (--create-topic=P:R)");
  group.value("-p,--partition", to.partition, "P",
              "file: a file's lines all to one partition (default without a key);\n"
              "spread: a batch to one, the next to the next; N: partition N;\n"
              "same: as --input json says. With a key the default is by its hash");
  group.value("-z,--compress", to.codec, "CODEC", "none, gzip, snappy, lz4 (default), zstd");
  group.value("-k,--key", to.key, "TEMPLATE",
              "Key of each record: text with {path} {name} {host} {offset}\n"
              "{generation}, {{ for a brace (default none)");
  group.value("-K", to.key_delimiter, "DELIM", "The key is what stands before the first DELIM");
  group.values("-H,--header", to.headers, "NAME=TEMPLATE", "A header of each record");
  group.value("--host", to.host, "NAME", "What {host} is");
  group.value("--input", to.input, "FORM",
              "lines (default), or json: a record a line as logtail --dry-run\n"
              "writes it; key, value, headers and timestamp are taken");
  group.value("--rejected", to.rejected, "FILE",
              "What is refused for good is appended here, as JSON");
  group.flag("--dry-run", to.dry_run, "Print what would be sent, as JSON; asks no broker");
}

void add_positions(CLI::App& app, options& to) {
  option_group group(app, "Positions");
  group.value("--state", to.state, "FILE",
              "Keep positions in this SQLite database, and go on from them");
  group.value("--wait-lock", to.wait_lock, "D",
              "Wait that long for another run with this state to end, instead of\n"
              "ending with 5 at once");
  group.flag("--status", to.status,
             "Print what is kept in --state, of all files or of PATH..., and\n"
             "how far behind it is; asks no broker, needs no topic");
  group.flag("-J", to.json, "With --status: as JSON, a line for each file");
  group.value("--max-lag", to.max_lag, "SIZE",
              "With --status: exit code 4 if a file is farther behind");
  group.value("--max-age", to.max_age, "D", "With --status: 4 if one is behind for longer");
  group.values("--set", to.set, "PATH=OFFSET",
               "Give a file a position in --state (a byte, or end); what was\n"
               "kept of it is replaced, and earlier files are left out");
  group.values("--forget", to.forget, "PATH",
               "Drop what is kept of a file in --state; it begins anew");
}

void add_limits(CLI::App& app, options& to) {
  option_group group(app, "Limits");
  group.value("--memory", to.memory, "SIZE",
              "Bound on what is read and not acknowledged (default 32M)");
  group.value("--hold-deleted", to.hold_deleted, "SIZE",
              "Bound on deleted files that are held open for shipping; beyond it\n"
              "the oldest is let go and told as lost (default none)");
  group.value("--timeout", to.timeout, "D", "Limit of the whole run; 3 if work is left");
  group.value("--stop-timeout", to.stop_timeout, "D",
              "How long an ending by a signal may take to ship what is there\n"
              "(default 5s)");
}

void add_messages(CLI::App& app, options& to) {
  option_group group(app, "Messages");
  group.value("--stats", to.stats, "D", "Counters as JSON on stderr every D, and on SIGUSR1");
  group.value("--metrics", to.metrics, "FILE",
              "Counters in Prometheus' text format, every 15 s and at the end");
  group.value("--progress", to.progress, "WHEN", "auto (default), always, never");
}

void add_options(CLI::App& app, options& to) {
  add_sources(app, to);
  add_framing(app, to);
  add_target(app, to);
  add_positions(app, to);
  add_limits(app, to);
  add_messages(app, to);
  to.connection.instead = instead;
  to.connection.add_to(app);
}

}  // namespace

app::parsed parse_options(int argc, const char* const* argv, options& parsed_options) {
  CLI::App app(examples, "logtail");
  add_options(app, parsed_options);
  const auto done =
      app::parse_command_line(app, "logtail -t TOPIC [options] PATH...", argc, argv, foreign);
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() > 0 && !option->get_positional()) {
      parsed_options.given.push_back(option->get_name());
    }
  }
  return done;
}

}  // namespace logpipe::logtail
