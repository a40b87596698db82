#include "look.hpp"

#include "list.hpp"
#include "list_group.hpp"
#include "query.hpp"
#include "verify.hpp"

namespace logpipe::logcat {
namespace {

app::exit_code look_at(const plan& plan, run_context& context) {
  switch (plan.looking.what) {
    case looking_plan::kind::list:
      return plan.looking.group.empty() ? list_cluster(context, plan) : list_group(context, plan);
    case looking_plan::kind::query:
      return query_offsets(context, plan);
    case looking_plan::kind::verify:
      return verify_topics(context, plan);
    case looking_plan::kind::none:
      break;
  }
  return app::exit_code::success;
}

}  // namespace

app::exit_code look(const plan& plan, run_context& context, run_files& files) {
  try {
    const auto code = look_at(plan, context);
    if (code == app::exit_code::success && files.output) files.output->put_in_place();
    return code;
  } catch (const run_ended& ended) {
    return ended.code;
  }
}

}  // namespace logpipe::logcat
