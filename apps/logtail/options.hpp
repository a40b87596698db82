#pragma once

#include "common/command_line.hpp"
#include "common/connection_options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// The command line as it was written; plan.hpp says what it comes to.
struct options {
  std::vector<std::string> paths;
  std::optional<std::string> topic;
  std::optional<std::string> from;
  std::optional<std::string> lines;
  bool once = false;
  std::optional<std::string> poll;
  std::optional<std::string> key;
  std::optional<std::string> partition;
  std::optional<std::string> codec;
  std::optional<std::string> memory;
  std::optional<std::string> timeout;
  std::optional<std::string> stop_timeout;
  bool dry_run = false;
  app::connection_options connection;
};

/// Fills `parsed_options`; `done` when help or version was asked for and printed. Throws
/// usage_error.
app::parsed parse_options(int argc, const char* const* argv, options& parsed_options);

}  // namespace logpipe::logtail
