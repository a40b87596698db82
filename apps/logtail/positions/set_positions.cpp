#include "logtail/state_file.hpp"
#include "run_command.hpp"
#include "set_target.hpp"

#include <logpipe/base/time.hpp>
#include <logpipe/ship/position_database.hpp>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace logpipe::logtail {
namespace {

using follow::kept_generation;

bool is_same_file(const kept_generation& a, const kept_generation& b) {
  return a.inode == b.inode && a.birth == b.birth;
}

template <typename Value>
void add_once(std::vector<Value>& to, const Value& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

/// Other paths that the file at the log's path is kept as a log of: links, or its name before.
std::vector<std::string> other_names(const log_target& log, const ship::kept_positions& kept) {
  std::vector<std::string> names;
  for (const auto& each : kept.generations) {
    const bool is_other = each.source != log.now.source && is_same_file(each, log.now);
    if (is_other && each.what == kept_generation::state::open) add_once(names, each.source);
  }
  return names;
}

/// Collects what the targets come to, for one save.
class assignment {
public:
  assignment(ship::position_store& store, const ship::kept_positions& kept)
      : m_store(store), m_kept(kept) {
    m_changes.ended_well = kept.ended_well;
  }

  /// `logs`: all that are set, this one among them.
  void set(const log_target& log, std::span<const log_target> logs, std::int64_t now) {
    forget_what(log);
    for (const auto& earlier : log.earlier) {
      if (!is_of_another(earlier, logs)) keep(earlier);
    }
    keep(log.now);
    m_changes.sources.push_back(source_of(log, now));
    m_changes.alive = now;
  }

  std::string save() { return m_store.save(m_changes); }

private:
  /// A file has one position, whichever log it was kept for.
  void forget_what(const log_target& log) {
    for (const auto& each : m_kept.generations) {
      if (each.source == log.now.source || is_same_file(each, log.now)) {
        add_once(m_changes.forgotten, each.id);
      }
    }
    for (const auto& other : other_names(log, m_kept)) {
      add_once(m_changes.forgotten_sources, other);
      for (const auto& each : m_kept.generations) {
        if (each.source == other) add_once(m_changes.forgotten, each.id);
      }
    }
  }

  /// Another log is known to have the file, or is given it now: there it is done with.
  bool is_of_another(const kept_generation& file, std::span<const log_target> logs) const {
    const auto has = [&](const kept_generation& each) {
      return each.source != file.source && is_same_file(each, file);
    };
    return std::any_of(m_kept.generations.begin(), m_kept.generations.end(), has) ||
           std::any_of(logs.begin(), logs.end(), [&](const auto& log) { return has(log.now); });
  }

  void keep(kept_generation generation) {
    generation.id = m_store.next_id();
    m_changes.generations.push_back(std::move(generation));
  }

  /// What was counted so far stays.
  ship::kept_source source_of(const log_target& log, std::int64_t now) const {
    ship::kept_source source;
    source.path = log.now.source;
    for (const auto& each : m_kept.sources) {
      if (each.path == source.path) source = each;
    }
    source.held = 0;
    source.caught_up = now;
    return source;
  }

  ship::position_store& m_store;
  const ship::kept_positions& m_kept;
  ship::position_changes m_changes;
};

/// What had not been sent of what is replaced, the file now at the path not counted.
std::uint64_t unsent_before(const ship::kept_positions& kept, const log_target& log) {
  std::uint64_t bytes = 0;
  for (const auto& each : kept.generations) {
    if (each.source != log.now.source || each.is_done() || is_same_file(each, log.now)) continue;
    bytes += std::max(each.size, each.read.offset) - each.read.offset;
  }
  return bytes;
}

void tell(const log_target& log, const ship::kept_positions& kept, app::messages& out) {
  out.info("{}: goes on at byte {} of {}", log.now.source, log.now.read.offset, log.now.size);
  for (const auto& other : other_names(log, kept)) {
    out.info("{}: was kept as {} until now", log.now.source, other);
  }
  if (!log.at_line_begin) {
    out.warning(
        "{}: no line begins at byte {} (the byte before it is no \\n); the first record is "
        "the rest of one",
        log.now.source, log.now.read.offset);
  }
  if (!log.earlier.empty()) {
    out.info("{}: earlier files beside it that are left out: {}", log.now.source,
             log.earlier.size());
  }
  if (const auto bytes = unsent_before(kept, log); bytes > 0) {
    out.warning("{}: {} bytes of earlier files were not sent, and will not be", log.now.source,
                bytes);
  }
}

}  // namespace

app::exit_code run(const set_positions& command, app::messages& out, app::signal_watch& signals) {
  const auto logs = open_targets(command);
  auto opened = open_state({.path = command.state, .wait_lock = command.wait_lock}, out, signals);
  if (const auto* code = std::get_if<app::exit_code>(&opened)) return *code;
  const auto& [lock, positions, kept] = std::get<state_file>(opened);
  assignment changes(*positions, kept);
  for (const auto& log : logs) {
    changes.set(log, logs, wall_clock_now());
  }
  if (const std::string failure = changes.save(); !failure.empty()) {
    out.error("{}", failure);
    return app::exit_code::failed;
  }
  for (const auto& log : logs) {
    tell(log, kept, out);
  }
  return app::exit_code::success;
}

}  // namespace logpipe::logtail
