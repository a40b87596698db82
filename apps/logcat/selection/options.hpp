#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// Where to begin and where to end, as it was written.
struct selection_options {
  std::optional<std::string> from;
  std::optional<std::string> tail;
  std::optional<std::string> since;
  std::vector<std::string> at;
  std::optional<std::string> partitions;
  std::optional<std::string> isolation;
  bool exit = false;
  std::optional<std::string> until;
  std::optional<std::string> slack;
  std::optional<std::string> count;
  std::optional<std::string> timeout;
  std::optional<std::string> idle;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
