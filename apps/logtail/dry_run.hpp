#pragma once

#include "common/signals.hpp"
#include "plan.hpp"

namespace logpipe::logtail {

/// Prints the records that would be sent, one JSON object a line, to stdout. Asks no broker, so the
/// partition is known only where -p names it.
app::exit_code dry_run(const plan& plan, app::messages& out, app::signal_watch& signals);

}  // namespace logpipe::logtail
