#include <logpipe/base/state/checked_row.hpp>
#include <logpipe/ship/internal/position_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace logpipe::ship {

using follow::kept_generation;

// Paths are bytes, whatever they mean; numbers that are hashes may look negative.
const char* const position_tables = R"(
  CREATE TABLE generations(
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL, name TEXT NOT NULL, inode INTEGER NOT NULL, birth INTEGER NOT NULL,
    head_size INTEGER NOT NULL, head_hash INTEGER NOT NULL, alike INTEGER NOT NULL,
    read INTEGER NOT NULL, guard_size INTEGER NOT NULL, guard_hash INTEGER NOT NULL,
    sent INTEGER NOT NULL, size INTEGER NOT NULL, file_size INTEGER NOT NULL, state TEXT NOT NULL, seen INTEGER NOT NULL,
    checksum INTEGER NOT NULL);
  CREATE TABLE sources(
    path TEXT PRIMARY KEY,
    topic TEXT NOT NULL, cluster TEXT NOT NULL, held INTEGER NOT NULL, lost INTEGER NOT NULL,
    refused INTEGER NOT NULL, sent_again INTEGER NOT NULL, caught_up INTEGER NOT NULL,
    checksum INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE run(
    next_id INTEGER NOT NULL, alive INTEGER NOT NULL, ended_well INTEGER NOT NULL,
    checksum INTEGER NOT NULL))";

const char* const write_generation =
    "REPLACE INTO generations VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const char* const write_source = "REPLACE INTO sources VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
const char* const write_run =
    "REPLACE INTO run(rowid, next_id, alive, ended_well, checksum) "
    "VALUES(1, ?, ?, ?, ?)";
const char* const select_generation = "SELECT * FROM generations WHERE id = ?";

namespace {

constexpr std::array<std::string_view, 4> state_names = {"open", "followed", "replaced",
                                                         "left_out"};

std::string_view name_of(kept_generation::state state) {
  return state_names.at(static_cast<std::size_t>(state));
}

kept_generation::state state_of(std::string_view name) {
  const auto* found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) throw damaged_row(fmt::format("no state \"{}\"", name));
  return static_cast<kept_generation::state>(found - state_names.begin());
}

kept_source read_source(statement& from) {
  kept_source source;
  row_reader row(from, "source");
  row.next(source.path);
  row.next(source.topic);
  row.next(source.cluster);
  row.next(source.held);
  row.next(source.lost);
  row.next(source.refused);
  row.next(source.sent_again);
  row.next(source.caught_up);
  row.check();
  return source;
}

}  // namespace

void write(statement& into, const kept_generation& row) {
  row_writer(into)
      .add(row.id)
      .add(row.source)
      .add(row.name)
      .add(row.inode)
      .add(row.birth)
      .add(row.head.size())
      .add(row.head.hash())
      .add(row.alike)
      .add(row.read.offset)
      .add(row.read.before.size)
      .add(row.read.before.hash)
      .add(row.sent)
      .add(row.size)
      .add(row.file_size)
      .add(name_of(row.what))
      .add(row.seen)
      .run();
}

void write(statement& into, const kept_source& row) {
  row_writer(into)
      .add(row.path)
      .add(row.topic)
      .add(row.cluster)
      .add(row.held)
      .add(row.lost)
      .add(row.refused)
      .add(row.sent_again)
      .add(row.caught_up)
      .run();
}

void write(statement& into, const kept_run& row) {
  row_writer(into).add(row.next_id).add(row.alive).add(row.ended_well).run();
}

kept_generation read_generation(statement& from) {
  kept_generation generation;
  std::uint32_t head_size = 0;
  std::uint64_t head_hash = 0;
  std::string state;
  row_reader row(from, "generation");
  row.next(generation.id);
  row.next(generation.source);
  row.next(generation.name);
  row.next(generation.inode);
  row.next(generation.birth);
  row.next(head_size);
  row.next(head_hash);
  row.next(generation.alike);
  row.next(generation.read.offset);
  row.next(generation.read.before.size);
  row.next(generation.read.before.hash);
  row.next(generation.sent);
  row.next(generation.size);
  row.next(generation.file_size);
  row.next(state);
  row.next(generation.seen);
  row.check();
  generation.head = follow::fingerprint(head_size, head_hash);
  generation.what = state_of(state);
  return generation;
}

kept_run read_run(database& from) {
  kept_run run;
  auto rows = from.prepare("SELECT next_id, alive, ended_well, checksum FROM run");
  if (!rows.step()) throw damaged_row("what is known of the last run is missing");
  row_reader row(rows, "run");
  row.next(run.next_id);
  row.next(run.alive);
  row.next(run.ended_well);
  row.check();
  return run;
}

kept_positions read_all(database& from) {
  const transaction together(from, transaction::kind::read);
  kept_positions all;
  auto generations = from.prepare("SELECT * FROM generations ORDER BY id");
  while (generations.step()) {
    all.generations.push_back(read_generation(generations));
  }
  auto sources = from.prepare("SELECT * FROM sources ORDER BY path");
  while (sources.step()) {
    all.sources.push_back(read_source(sources));
  }
  const kept_run run = read_run(from);
  if (!all.generations.empty() && all.generations.back().id >= run.next_id) {
    throw damaged_row(fmt::format("generation {} was never begun", all.generations.back().id));
  }
  all.alive = run.alive;
  all.ended_well = run.ended_well;
  return all;
}

}  // namespace logpipe::ship
