#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// What is looked at instead of printing records, as it was written.
struct looking_options {
  bool list = false;
  std::optional<std::string> query;
  bool verify = false;

  bool any() const noexcept { return list || query || verify; }

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

/// kcat's `-Q -t TOPIC:PARTITION:TIME`, in whatever order: throws usage_error with what to write.
/// To be asked before the arguments are parsed, for there the topic's letter would be the time.
void refuse_kcat_query(const std::vector<std::string>& arguments);

}  // namespace logpipe::logcat
