#include "plan.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/time.hpp>

namespace logpipe::logcat {
namespace {

/// What a run is about that prints no records, beside what its own room says.
void resolve_looking(plan& plan, const options& options) {
  plan.looking.json = options.printing.json.has_value();
  plan.looking.group = options.resuming.group.value_or("");
  const bool lists = plan.looking.what == looking_plan::kind::list;
  if (options.resuming.group == "") throw app::usage_error("-G: name a consumer group");
  if (options.resuming.group && !lists) throw app::usage_error("-G goes with -L");
  if (plan.looking.json && !plan.looking.any()) {
    throw app::usage_error("-J goes with -L, -Q or --verify");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  plan plan;
  plan.looking = resolve(options.looking);
  resolve_looking(plan, options);
  const bool lists = plan.looking.what == looking_plan::kind::list;
  if (options.topics.empty() && !lists) {
    throw app::usage_error("name a TOPIC to print; see logcat --help");
  }
  plan.selection = resolve(options.selection, options.topics, wall_clock_now());
  plan.printing = resolve(options.printing, terminal);
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded() || plan.looking.any();
  return plan;
}

}  // namespace logpipe::logcat
