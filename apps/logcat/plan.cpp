#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/progress.hpp"

#include <logpipe/base/time.hpp>

namespace logpipe::logcat {
namespace {

/// Counts are told at the end: there must be one. From the newest record on it is the user's.
selection_options with_end(selection_options selection, const filtering_options& filtering) {
  const bool from_now_on = selection.from == "newest" || selection.from == "end";
  if (filtering.counts() && !from_now_on) selection.exit = true;
  return selection;
}

void check_counting(const options& options) {
  if (!options.filtering.counts()) return;
  const auto& printing = options.printing;
  if (printing.format || printing.value_only || printing.nul) {
    throw app::usage_error(
        "--count-only and --histogram print no records, so -f, --value and -0 say nothing");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  plan plan;
  check_counting(options);
  plan.filtering = resolve(options.filtering);
  plan.selection =
      resolve(with_end(options.selection, options.filtering), options.topics, wall_clock_now());
  plan.reading = resolve(options.reading);
  plan.printing = resolve(options.printing, terminal);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded();
  if (options.filtering.fail_empty && !plan.bounded) {
    throw app::usage_error("--fail-empty is for a run that ends by itself: add -e, or --timeout");
  }
  plan.progress =
      plan.bounded && app::wants_progress(app::when_value("--progress", options.printing.progress));
  return plan;
}

}  // namespace logpipe::logcat
