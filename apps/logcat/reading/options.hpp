#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// In what order records are read, as it was written.
struct reading_options {
  bool merge = false;
  std::optional<std::string> merge_wait;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
