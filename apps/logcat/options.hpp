#pragma once

#include "common/command_line.hpp"
#include "common/connection_options.hpp"
#include "filtering/options.hpp"
#include "printing/options.hpp"
#include "resuming/options.hpp"
#include "selection/options.hpp"

#include <string>
#include <vector>

namespace logpipe::logcat {

/// The command line as it was written, each subject's part in its own room; plan.hpp says what it
/// comes to.
struct options {
  std::vector<std::string> topics;
  selection_options selection;
  filtering_options filtering;
  printing_options printing;
  resuming_options resuming;
  app::connection_options connection;
};

/// Fills `parsed_options`; `done` when help or version was asked for and printed. Throws
/// usage_error.
app::parsed parse_options(int argc, const char* const* argv, options& parsed_options);

}  // namespace logpipe::logcat
