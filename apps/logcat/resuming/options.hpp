#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// How a run goes on where an earlier one ended, as it was written.
struct resuming_options {
  std::optional<std::string> group;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
