#pragma once

#include "options.hpp"

#include <common/signals.hpp>

namespace logpipe::app {

/// Follows the plan's files and ships their lines until they end, a signal comes or a limit passes.
/// What happened is told as it happens; the exit code says how it ended.
exit_code ship_files(const logtail_plan& plan, messages& out, signal_watch& signals);

}  // namespace logpipe::app
