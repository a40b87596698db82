#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// Where a run goes on, and how its output becomes final, as it was written.
struct resuming_options {
  std::optional<std::string> state;
  std::optional<std::string> wait_lock;
  std::optional<std::string> group;
  bool join = false;
  std::optional<std::string> commit;
  std::optional<std::string> output;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
