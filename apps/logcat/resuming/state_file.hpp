#pragma once

#include "common/exit_code.hpp"
#include "common/messages.hpp"
#include "common/signals.hpp"
#include "logcat/plan.hpp"
#include "position_file.hpp"

#include <logpipe/base/file_lock.hpp>

#include <memory>
#include <variant>

namespace logpipe::logcat {

/// The state file of a run, which is its only owner.
struct state_file {
  file_lock lock;
  position_file positions;
};

/// Opens the state file of --state, and makes it where there is none; nothing without --state.
/// Where another owner does not go, tells who it is and gives the exit code, as when a signal ends
/// the wait. Throws state_error when the file cannot be used.
std::variant<std::unique_ptr<state_file>, app::exit_code> open_state_file(
    const plan& plan, app::messages& out, app::signal_watch& signals);

}  // namespace logpipe::logcat
