#include "plan.hpp"

#include "common/exit_code.hpp"

#include <chrono>

namespace logpipe::logcat {
namespace {

std::int64_t wall_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(now).count();
}

// The last records by time are no stretch of each partition of which a part could be kept.
void check_resumable(const plan& plan) {
  if (plan.resuming.state && plan.selection.tail && plan.selection.count) {
    throw app::usage_error("--state: with -n or with -c, not with both");
  }
}

// Which partitions are read is the group's to say, and nobody knows the newest records of a share.
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
  plan.printing = resolve(options.printing, terminal && !options.resuming.output);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded();
  plan.resuming = resolve(options.resuming, plan.bounded, wall_time());
  check_resumable(plan);
  check_group(plan);
  return plan;
}

}  // namespace logpipe::logcat
