#include "run.hpp"

#include "looking/list.hpp"
#include "looking/list_group.hpp"
#include "looking/query.hpp"
#include "looking/verify.hpp"
#include "topic_run.hpp"

#include <system_error>

namespace logpipe::logcat {
namespace {

using app::exit_code;

exit_code read(const plan& plan, run_context& context, run_files& files) {
  topic_run all(plan, context, files);
  try {
    return all.complete(all.read());
  } catch (const run_ended& ended) {
    return all.complete(ended.code);
  } catch (const std::system_error& error) {
    all.complete(exit_code::failed);
    if (!context.told_to_end()) throw;
    // Output that failed on the way out: a signal was the first to end the run.
    context.messages().error("{}", error.what());
    return worse(exit_code::failed, context.signal_code());
  } catch (...) {
    all.complete(exit_code::failed);
    throw;
  }
}

exit_code look(const plan& plan, run_context& context) {
  switch (plan.looking.what) {
    case looking_plan::kind::none:
      break;
    case looking_plan::kind::list:
      return plan.looking.group.empty() ? list_cluster(context, plan) : list_group(context, plan);
    case looking_plan::kind::query:
      return query_offsets(context, plan);
    case looking_plan::kind::verify:
      return verify_topics(context, plan);
  }
  return exit_code::failed;
}

}  // namespace

exit_code run(const plan& plan, run_context& context, run_files& files) {
  if (!plan.looking.any()) return read(plan, context, files);
  try {
    return look(plan, context);
  } catch (const run_ended& ended) {
    return ended.code;
  }
}

}  // namespace logpipe::logcat
