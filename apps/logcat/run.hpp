#pragma once

#include "common/exit_code.hpp"
#include "run_context.hpp"
#include "run_files.hpp"

namespace logpipe::logcat {

/// Looks the topics up, reads them as the plan says, and says what was left. Throws what has a
/// text and means failure; a run that was cut short is in the exit code. Files count when it has
/// come to a good end: first the output, then the positions that stand behind it.
app::exit_code run(const plan& plan, run_context& context, run_files& files);

}  // namespace logpipe::logcat
