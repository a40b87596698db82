#pragma once

#include "common/messages.hpp"
#include "common/signals.hpp"
#include "plan.hpp"

#include <logpipe/base/file_lock.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/position_database.hpp>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace logpipe::logtail {

/// The state file of a run, which is its only owner.
struct state_file {
  file_lock lock;
  std::unique_ptr<ship::position_database> positions;
  /// What was in it.
  ship::kept_positions kept;
};

/// How a state file is asked for.
struct state_request {
  std::string path;
  /// How long another owner is waited for.
  milliseconds wait_lock{0};
  /// A signal that ends the wait cuts something short.
  bool bounded = true;
};

/// Opens the state file, and makes it where there is none. Where another owner does not go, tells
/// who it is and gives the exit code, as when a signal ends the wait. Throws usage_error when the
/// file cannot be used.
std::variant<state_file, app::exit_code> open_state(const state_request& wanted, app::messages& out,
                                                    app::signal_watch& signals);
/// The one of a run.
std::variant<state_file, app::exit_code> open_state(const plan& plan, app::messages& out,
                                                    app::signal_watch& signals);

/// What the state file holds, read without owning it; nothing where there is no such file. Throws
/// usage_error.
ship::kept_positions look_into_state(const plan& plan);

/// Throws usage_error when one of the PATHs is a file that the state is kept in.
void check_is_no_source(const std::string& state, const std::vector<std::string>& paths);
/// No pattern finds those files.
void leave_out_state(follow::follower& follower, const std::string& state);

}  // namespace logpipe::logtail
