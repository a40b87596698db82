#include "state_file.hpp"

#include "common/exit_code.hpp"
#include "common/state_lock.hpp"

#include <logpipe/base/state/state_file.hpp>
#include <logpipe/ship/position_schema.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <algorithm>
#include <filesystem>

namespace logpipe::logtail {
namespace {

std::vector<std::string> own_files(const std::string& state) {
  try {
    return files_of_state(state_path(state), ship::position_schema());
  } catch (const state_error& error) {
    throw app::usage_error(error.what());
  }
}

}  // namespace

std::variant<state_file, app::exit_code> open_state(const state_request& wanted, app::messages& out,
                                                    app::signal_watch& signals) {
  try {
    const std::string path = state_path(wanted.path);
    auto lock = app::own_state(
        {.path = path, .wait_lock = wanted.wait_lock, .bounded = wanted.bounded}, out, signals);
    if (const auto* code = std::get_if<app::exit_code>(&lock)) return *code;
    auto positions = std::make_unique<ship::position_database>(path);
    auto kept = positions->load();
    return state_file{.lock = std::move(std::get<file_lock>(lock)),
                      .positions = std::move(positions),
                      .kept = std::move(kept)};
  } catch (const state_error& error) {
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
    return ship::read_positions(state_path(*plan.state)).value_or(ship::kept_positions{});
  } catch (const state_error& error) {
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
