#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// Which of the records that are read are printed, or counted, as it was written.
struct filtering_options {
  std::optional<std::string> key;
  std::vector<std::string> grep;
  std::vector<std::string> grep_key;
  /// NAME=RE each.
  std::vector<std::string> grep_header;
  bool any_case = false;
  bool invert = false;
  bool tombstones = false;
  std::optional<std::string> after;
  std::optional<std::string> before;
  std::optional<std::string> around;
  bool fail_empty = false;
  bool count_only = false;
  std::optional<std::string> histogram;

  /// Counts are printed instead of records.
  bool counts() const noexcept { return count_only || histogram; }

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
