#include "plan.hpp"

#include "common/exit_code.hpp"

namespace logpipe::logcat {

namespace {

/// Which partitions are read is the group's to say, and one group's view of the newest records is
/// nobody's.
void check_group(const plan& plan) {
  if (!plan.resuming.group) return;
  if (!plan.selection.partitions.empty()) {
    throw app::usage_error("-p and -G exclude each other: a group gives partitions out by itself");
  }
  if (plan.selection.tail) {
    throw app::usage_error("-n and -G exclude each other; -o -N is the last N of each partition");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  plan plan;
  plan.selection = resolve(options.selection, options.topics);
  plan.printing = resolve(options.printing, terminal);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded();
  plan.resuming = resolve(options.resuming, plan.bounded);
  check_group(plan);
  return plan;
}

}  // namespace logpipe::logcat
