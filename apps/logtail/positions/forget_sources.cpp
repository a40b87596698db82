#include "known_sources.hpp"
#include "logtail/state_file.hpp"
#include "run_command.hpp"

#include <logpipe/ship/position_database.hpp>

namespace logpipe::logtail {
namespace {

/// Told so that --set can bring back what was forgotten by mistake.
std::string last_place(const std::vector<follow::kept_generation>& generations,
                       const std::string& source) {
  const follow::kept_generation* last = nullptr;
  for (const auto& each : generations) {
    if (each.source == source && each.what != follow::kept_generation::state::left_out) {
      last = &each;
    }
  }
  return last ? fmt::format("; it stood at byte {} of {}", last->read.offset, last->name) : "";
}

}  // namespace

app::exit_code run(const forget_sources& command, app::messages& out, app::signal_watch& signals) {
  // Opening it would make one.
  if (!has_state_file(state_path(command.state), state_access::write)) {
    throw app::usage_error(
        fmt::format("{}: no such file; there is nothing to forget", command.state));
  }
  auto opened = open_state({.path = command.state, .wait_lock = command.wait_lock}, out, signals);
  if (const auto* code = std::get_if<app::exit_code>(&opened)) return *code;
  auto& [lock, positions, kept] = std::get<state_file>(opened);
  expect_known("--forget", command.sources, kept);
  const auto alive = kept.alive;
  keep_only(kept, command.sources);

  ship::position_changes changes;
  changes.forgotten_sources = command.sources;
  changes.alive = alive;
  changes.ended_well = kept.ended_well;
  for (const auto& generation : kept.generations) {
    changes.forgotten.push_back(generation.id);
  }
  if (const std::string failure = positions->save(changes); !failure.empty()) {
    out.error("{}", failure);
    return app::exit_code::failed;
  }
  for (const auto& source : command.sources) {
    out.info("{}: forgotten{}", source, last_place(kept.generations, source));
  }
  return app::exit_code::success;
}

}  // namespace logpipe::logtail
