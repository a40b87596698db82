#pragma once

#include "options.hpp"
#include "printing/plan.hpp"
#include "resuming/plan.hpp"
#include "selection/plan.hpp"

namespace logpipe::logcat {

/// What a command line comes to, checked.
struct plan {
  selection_plan selection;
  printing_plan printing;
  resuming_plan resuming;
  app::connection_plan connection;
  /// The run ends by itself; otherwise it follows until it is told to end.
  bool bounded = false;
};

/// Throws usage_error and what app::resolve throws. `terminal`: text is made harmless for it.
plan make_plan(const options& options, bool terminal);

}  // namespace logpipe::logcat
