#include "state_file.hpp"

#include "common/state_lock.hpp"

#include <logpipe/base/state/state_file.hpp>

#include <string>
#include <utility>

namespace logpipe::logcat {

std::variant<std::unique_ptr<state_file>, app::exit_code> open_state_file(
    const plan& plan, app::messages& out, app::signal_watch& signals) {
  const auto& wanted = plan.resuming;
  if (!wanted.state) return nullptr;
  const std::string path = state_path(*wanted.state);
  auto lock = app::own_state({.path = path, .wait_lock = wanted.wait_lock, .bounded = plan.bounded},
                             out, signals);
  if (const auto* code = std::get_if<app::exit_code>(&lock)) return *code;
  return std::make_unique<state_file>(
      state_file{std::move(std::get<file_lock>(lock)), position_file(path)});
}

}  // namespace logpipe::logcat
