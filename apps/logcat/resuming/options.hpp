#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// Where the next run goes on, as it was written.
struct resuming_options {
  std::optional<std::string> group;
  bool join = false;
  std::optional<std::string> commit;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
