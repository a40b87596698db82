#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/progress.hpp"

#include <logpipe/base/time.hpp>

namespace logpipe::logcat {
namespace {

/// Counts are told at the end, so there must be one; from now on it is the user's to choose.
selection_options with_end(selection_options selection, const filtering_options& filtering) {
  const bool from_now_on = selection.from == "newest" || selection.from == "end";
  if (filtering.counts() && !from_now_on && !selection.until) selection.exit = true;
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

void check_resumable(const plan& plan) {
  if (!plan.resuming.state) return;
  // The last records by time are no stretch of each partition of which a part could be kept.
  if (plan.selection.tail && plan.selection.count) {
    throw app::usage_error("--state: with -n or with -c, not with both");
  }
  if (!plan.selection.at.empty()) {
    throw app::usage_error("--at names its records; leave --state out");
  }
  // What has been counted is lost with a run that is killed.
  if (plan.filtering.counts() && plan.resuming.when == commit::flush) {
    throw app::usage_error("--state: counts are told at the end, so write --commit end");
  }
}

// Which partitions are read is the group's to say, and nobody knows the newest records of a share.
void check_group(const plan& plan) {
  if (!plan.resuming.group) return;
  if (!plan.selection.partitions.empty()) {
    throw app::usage_error("-p and -G exclude each other: a group gives out the partitions");
  }
  if (plan.selection.tail) {
    throw app::usage_error("-n and -G exclude each other; -o -N is the last N of each partition");
  }
  if (!plan.selection.at.empty()) throw app::usage_error("--at names its records; leave -G out");
  if (plan.selection.until_lies_ahead) {
    throw app::usage_error("-G: with --until a time that has passed, or with --timeout");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  plan plan;
  const std::int64_t now = wall_clock_now();
  check_counting(options);
  plan.filtering = resolve(options.filtering);
  plan.selection = resolve(with_end(options.selection, options.filtering), options.topics, now);
  plan.printing = resolve(options.printing, terminal && !options.resuming.output);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded();
  if (options.filtering.fail_empty && !plan.bounded) {
    throw app::usage_error("--fail-empty is for a run that ends by itself: add -e, or --timeout");
  }
  plan.progress =
      plan.bounded && app::wants_progress(app::when_value("--progress", options.printing.progress));
  plan.resuming = resolve(options.resuming, plan.bounded, now);
  check_resumable(plan);
  check_group(plan);
  return plan;
}

}  // namespace logpipe::logcat
