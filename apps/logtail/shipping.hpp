#pragma once

#include "common/signals.hpp"
#include "options.hpp"

namespace logpipe::logtail {

/// Follows the plan's files and ships their lines until they end, a signal comes or a limit passes.
/// What happened is told as it happens; the exit code says how it ended.
app::exit_code ship_files(const logtail_plan& plan, app::messages& out, app::signal_watch& signals);

}  // namespace logpipe::logtail
