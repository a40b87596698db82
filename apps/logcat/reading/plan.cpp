#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"

namespace logpipe::logcat {

reading_plan resolve(const reading_options& options) {
  reading_plan plan;
  plan.merge = options.merge;
  if (options.merge_wait) {
    plan.merge_wait = app::duration_value("--merge-wait", *options.merge_wait);
    if (!plan.merge) throw app::usage_error("--merge-wait goes with --merge, which is not given");
  }
  return plan;
}

}  // namespace logpipe::logcat
