#pragma once

#include "options.hpp"

#include <optional>
#include <string>

namespace logpipe::logcat {

/// When the position is kept that the next run begins at.
enum class commit_policy {
  /// When the run has ended well: what a failed one has printed comes again.
  at_end,
  /// Behind each write: a record is printed at least once.
  at_flush,
};

/// Where the next run goes on, checked.
struct resuming_plan {
  /// The consumer group's ID.
  std::optional<std::string> group;
  /// Into a group that is somebody else's, too.
  bool join = false;
  commit_policy commit = commit_policy::at_end;
};

/// `bounded`: the run ends by itself. Throws usage_error.
resuming_plan resolve(const resuming_options& options, bool bounded);

}  // namespace logpipe::logcat
