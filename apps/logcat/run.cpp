#include "run.hpp"

#include "looking/look.hpp"
#include "topic_run.hpp"

#include <system_error>

namespace logpipe::logcat {

app::exit_code run(const plan& plan, run_context& context, run_files& files) {
  if (plan.looking.any()) return look(plan, context, files);
  topic_run all(plan, context, files);
  try {
    return all.complete(all.read());
  } catch (const run_ended& ended) {
    return all.complete(ended.code);
  } catch (const std::system_error& error) {
    all.complete(app::exit_code::failed);
    if (!context.told_to_end()) throw;
    // Output that failed on the way out: a signal was the first to end the run.
    context.messages().error("{}", error.what());
    return app::worse(app::exit_code::failed, context.signal_code());
  } catch (...) {
    all.complete(app::exit_code::failed);
    throw;
  }
}

}  // namespace logpipe::logcat
