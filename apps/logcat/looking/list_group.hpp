#pragma once

#include "logcat/run_context.hpp"

namespace logpipe::logcat {

/// -L -G: prints what a group has committed, its members, and how far they are behind; of the
/// TOPICs alone where some are named. The group notices nothing of it. One that there is not is a
/// std::runtime_error that says so. Throws as run() does.
app::exit_code list_group(run_context& context, const plan& plan);

}  // namespace logpipe::logcat
