#pragma once

#include "options.hpp"

#include <common/signals.hpp>

namespace logpipe::app {

/// Prints the records that would be sent, one JSON object a line, to stdout. Asks no broker, so the
/// partition is known only where -p names it.
exit_code dry_run(const logtail_plan& plan, messages& out, signal_watch& signals);

}  // namespace logpipe::app
