#include "state_file.hpp"

#include "common/exit_code.hpp"
#include "common/wait.hpp"

#include <logpipe/ship/read_positions.hpp>
#include <logpipe/ship/state_file.hpp>

#include <algorithm>
#include <filesystem>

namespace logpipe::logtail {
namespace {

constexpr milliseconds between_tries{50};

std::string text_of(const file_lock::holder& owner) {
  return owner.pid == 0 ? "another process" : fmt::format("process {}", owner.pid);
}

std::variant<file_lock, app::exit_code> own(const std::string& path, const state_request& wanted,
                                            app::messages& out, app::signal_watch& signals) {
  const time_point begin = clock::now();
  bool told = false;
  while (true) {
    auto tried = ship::lock_state(path);
    if (auto* lock = std::get_if<file_lock>(&tried)) return std::move(*lock);
    const auto owner = text_of(std::get<file_lock::holder>(tried));
    const time_point now = clock::now();
    if (now - begin >= wanted.wait_lock) {
      out.error("{}: {} keeps its positions there; end it, or give this run a state of its own",
                path, owner);
      return app::exit_code::owned;
    }
    if (!std::exchange(told, true)) out.info("{}: waiting for {} to end", path, owner);
    app::wait_readable({signals.wake_fd()},
                       std::min(now + between_tries, begin + wanted.wait_lock));
    if (signals.take()) return wanted.bounded ? signals.code() : app::exit_code::success;
  }
}

std::vector<std::string> own_files(const std::string& state) {
  try {
    return ship::files_of_state(ship::state_path(state));
  } catch (const ship::state_error& error) {
    throw app::usage_error(error.what());
  }
}

}  // namespace

std::variant<state_file, app::exit_code> open_state(const state_request& wanted, app::messages& out,
                                                    app::signal_watch& signals) {
  try {
    const std::string path = ship::state_path(wanted.path);
    auto lock = own(path, wanted, out, signals);
    if (const auto* code = std::get_if<app::exit_code>(&lock)) return *code;
    auto positions = std::make_unique<ship::position_database>(path);
    auto kept = positions->load();
    return state_file{.lock = std::move(std::get<file_lock>(lock)),
                      .positions = std::move(positions),
                      .kept = std::move(kept)};
  } catch (const ship::state_error& error) {
    throw app::usage_error(error.what());
  }
}

std::variant<state_file, app::exit_code> open_state(const plan& plan, app::messages& out,
                                                    app::signal_watch& signals) {
  return open_state({.path = *plan.state, .wait_lock = plan.wait_lock, .bounded = plan.bounded},
                    out, signals);
}

ship::kept_positions look_into_state(const plan& plan) {
  try {
    return ship::read_positions(ship::state_path(*plan.state)).value_or(ship::kept_positions{});
  } catch (const ship::state_error& error) {
    throw app::usage_error(error.what());
  }
}

void check_is_no_source(const std::string& state, const std::vector<std::string>& paths) {
  const auto own = own_files(state);
  for (const auto& path : paths) {
    std::error_code unresolved;
    const auto real = std::filesystem::weakly_canonical(path, unresolved);
    if (std::find(own.begin(), own.end(), real) == own.end()) continue;
    throw app::usage_error(
        fmt::format("{}: belongs to the state file {}, and is no log", path, state));
  }
}

void leave_out_state(follow::follower& follower, const std::string& state) {
  for (const auto& path : own_files(state)) {
    follower.leave_out(path);
  }
}

}  // namespace logpipe::logtail
