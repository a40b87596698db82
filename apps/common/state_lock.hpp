#pragma once

#include "exit_code.hpp"
#include "messages.hpp"
#include "signals.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/base/file_lock.hpp>

#include <string>
#include <variant>

namespace logpipe::app {

/// How the lock of a state file is asked for.
struct state_lock_request {
  /// As state_path() gives it.
  std::string path;
  /// How long another owner is waited for.
  milliseconds wait_lock{0};
  /// A signal that ends the wait cuts something short.
  bool bounded = true;
};

/// The lock of a state file. Where another owner does not go, tells who it is and gives the exit
/// code, as when a signal ends the wait. Throws state_error when there can be no lock.
std::variant<file_lock, exit_code> own_state(const state_lock_request& wanted, messages& out,
                                             signal_watch& signals);

}  // namespace logpipe::app
