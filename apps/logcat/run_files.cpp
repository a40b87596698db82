#include "run_files.hpp"

#include <utility>

namespace logpipe::logcat {

std::variant<run_files, app::exit_code> open_files(const plan& plan, app::messages& out,
                                                   app::signal_watch& signals) {
  run_files files;
  auto state = open_state_file(plan, out, signals);
  if (const auto* code = std::get_if<app::exit_code>(&state)) return *code;
  files.state = std::move(std::get<std::unique_ptr<state_file>>(state));
  const auto& output = plan.resuming.output;
  if (output) files.output = std::make_unique<output_file>(*output);
  return files;
}

}  // namespace logpipe::logcat
