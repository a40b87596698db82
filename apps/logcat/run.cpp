#include "run.hpp"

#include "looking/look.hpp"
#include "topic_run.hpp"

namespace logpipe::logcat {

app::exit_code run(const plan& plan, run_context& context, run_files& files) {
  if (plan.looking.any()) return look(plan, context, files);
  topic_run all(plan, context, files);
  try {
    return all.complete(all.read());
  } catch (const run_ended& ended) {
    return all.complete(ended.code);
  } catch (...) {
    all.complete(app::exit_code::failed);
    throw;
  }
}

}  // namespace logpipe::logcat
