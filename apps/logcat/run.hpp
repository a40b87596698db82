#pragma once

#include "common/exit_code.hpp"
#include "run_context.hpp"

namespace logpipe::logcat {

/// Looks the topics up, reads them as the plan says, and says what was left. Throws what has a
/// text and means failure; a run that was cut short is in the exit code.
app::exit_code run(const plan& plan, run_context& context);

}  // namespace logpipe::logcat
