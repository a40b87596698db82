#pragma once

#include "common/signals.hpp"
#include "plan.hpp"

namespace logpipe::logtail {

/// Follows the plan's files and ships their lines until they end, a signal comes or a limit passes.
/// What happened is told as it happens; the exit code says how it ended.
app::exit_code ship_files(const plan& plan, app::messages& out, app::signal_watch& signals);

}  // namespace logpipe::logtail
