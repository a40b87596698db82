#pragma once

#include "plan.hpp"
#include "printing/output_file.hpp"
#include "resuming/state_file.hpp"

#include <memory>
#include <variant>

namespace logpipe::logcat {

/// What a run leaves behind in files. Either may be null.
struct run_files {
  std::unique_ptr<state_file> state;
  std::unique_ptr<output_file> output;
};

/// Opens those that the plan names, before anything is read. Where another process owns the state,
/// or a signal ends the wait for it, that is told and the exit code. Throws usage_error,
/// state_error, std::system_error.
std::variant<run_files, app::exit_code> open_files(const plan& plan, app::messages& out,
                                                   app::signal_watch& signals);

}  // namespace logpipe::logcat
