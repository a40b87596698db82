#pragma once

#include "command.hpp"
#include "common/exit_code.hpp"
#include "common/messages.hpp"
#include "common/signals.hpp"

namespace logpipe::logtail {

// Each throws usage_error, state_error, and std::system_error for what should not fail.

/// Prints to stdout; unmet, and told, when a limit was given and is.
app::exit_code run(const show_status& command, app::messages& out, app::signal_watch& signals);
/// All of them, or none; owned when a run has the state.
app::exit_code run(const set_positions& command, app::messages& out, app::signal_watch& signals);
app::exit_code run(const forget_sources& command, app::messages& out, app::signal_watch& signals);

}  // namespace logpipe::logtail
