#include "plan.hpp"

namespace logpipe::logcat {

plan make_plan(const options& options, bool terminal) {
  plan plan;
  plan.selection = resolve(options.selection, options.topics);
  plan.printing = resolve(options.printing, terminal);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded();
  return plan;
}

}  // namespace logpipe::logcat
