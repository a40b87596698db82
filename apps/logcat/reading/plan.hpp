#pragma once

#include "options.hpp"

#include <logpipe/base/clock.hpp>

namespace logpipe::logcat {

/// In what order records are read, checked.
struct reading_plan {
  /// By time over all partitions; otherwise as they come.
  bool merge = false;
  /// How long a record waits for partitions that are silent.
  milliseconds merge_wait{1000};
};

/// Throws usage_error.
reading_plan resolve(const reading_options& options);

}  // namespace logpipe::logcat
