#pragma once

#include "assignment.hpp"

namespace logpipe::logcat {

/// Hears how far a run is.
class position_observer {
public:
  virtual ~position_observer() = default;
  /// All records below `next` of each reading have been written, or were not wanted. Called when
  /// the run has nothing to do, and now and then while it has.
  virtual void flushed(const assignment& parts) = 0;
};

}  // namespace logpipe::logcat
