#pragma once

#include "common/command_line.hpp"
#include "common/connection_options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// The command line as it was written; plan.hpp says what it comes to.
struct options {
  std::vector<std::string> topics;
  std::optional<std::string> from;
  std::optional<std::string> tail;
  bool exit = false;
  std::optional<std::string> count;
  std::optional<std::string> timeout;
  std::optional<std::string> idle;
  std::optional<std::string> partitions;
  std::optional<std::string> format;
  bool value_only = false;
  bool nul = false;
  app::connection_options connection;
};

/// Fills `parsed_options`; `done` when help or version was asked for and printed. Throws
/// usage_error.
app::parsed parse_options(int argc, const char* const* argv, options& parsed_options);

}  // namespace logpipe::logcat
