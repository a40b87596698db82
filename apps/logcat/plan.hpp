#pragma once

#include "filtering/plan.hpp"
#include "options.hpp"
#include "printing/plan.hpp"
#include "resuming/plan.hpp"
#include "selection/plan.hpp"

namespace logpipe::logcat {

/// What a command line comes to, checked.
struct plan {
  selection_plan selection;
  filtering_plan filtering;
  printing_plan printing;
  resuming_plan resuming;
  app::connection_plan connection;
  /// The run ends by itself; otherwise it follows until it is told to end.
  bool bounded = false;
  /// A progress line is drawn; in bounded runs alone.
  bool progress = false;
};

/// Throws usage_error and what app::resolve throws. `terminal`: text is made harmless for it.
plan make_plan(const options& options, bool terminal);

}  // namespace logpipe::logcat
