#pragma once

#include "common/command_line.hpp"
#include "common/connection_options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// What --create-topic stands for without a value.
constexpr const char* default_topic = "as the broker makes them";

/// The command line as it was written; plan.hpp says what it comes to.
struct options {
  // Which lines.
  std::vector<std::string> paths;
  std::optional<std::string> from;
  std::optional<std::string> last_lines;
  bool once = false;
  bool recursive = false;
  std::vector<std::string> exclude;
  std::optional<std::string> poll;
  std::optional<std::string> ignore_older;
  std::vector<std::string> rotated;

  // What is a line.
  std::optional<std::string> delimiter;
  bool nul = false;
  bool keep_return = false;
  std::optional<std::string> max_line;
  std::optional<std::string> multiline_start;
  std::optional<std::string> multiline_timeout;
  std::optional<std::string> flush_partial;
  std::vector<std::string> include;
  std::vector<std::string> drop;

  // Where to.
  std::optional<std::string> topic;
  std::optional<std::string> create_topic;
  std::optional<std::string> partition;
  std::optional<std::string> codec;
  std::optional<std::string> key;
  std::optional<std::string> key_delimiter;
  std::vector<std::string> headers;
  std::optional<std::string> host;
  std::optional<std::string> input;
  std::optional<std::string> rejected;
  bool dry_run = false;

  // Positions.
  std::optional<std::string> state;
  std::optional<std::string> wait_lock;
  bool status = false;
  bool json = false;
  std::optional<std::string> max_lag;
  std::optional<std::string> max_age;
  std::vector<std::string> set;
  std::vector<std::string> forget;

  // Limits.
  std::optional<std::string> memory;
  std::optional<std::string> hold_deleted;
  std::optional<std::string> timeout;
  std::optional<std::string> stop_timeout;

  // Messages.
  std::optional<std::string> stats;
  std::optional<std::string> metrics;
  std::optional<std::string> progress;
  app::connection_options connection;

  /// The names of the options that were given, long ones where they have one.
  std::vector<std::string> given;
};

/// Fills `parsed_options`; `done` when help or version was asked for and printed. Throws
/// usage_error.
app::parsed parse_options(int argc, const char* const* argv, options& parsed_options);

}  // namespace logpipe::logtail
