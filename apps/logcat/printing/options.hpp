#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// How records look, as it was written.
struct printing_options {
  std::optional<std::string> format;
  bool value_only = false;
  bool nul = false;
  std::optional<std::string> progress;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
