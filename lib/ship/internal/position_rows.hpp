#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/base/state/checked_row.hpp>
#include <logpipe/ship/position_store.hpp>

#include <cstdint>

namespace logpipe::ship {

/// The one row of `run`.
struct kept_run {
  /// No generation has had this ID, or one above it.
  follow::kept_id next_id = 1;
  std::int64_t alive = 0;
  bool ended_well = true;
};

// Each row has a checksum, FNV-1a of its other columns, which is compared when it is read.

/// The tables of this version, without rows. Times are milliseconds since the epoch.
extern const char* const position_tables;

// To be prepared for write(); a row with that key is replaced.
extern const char* const write_generation;
extern const char* const write_source;
extern const char* const write_run;
/// To be prepared for read_generation(): of one ID.
extern const char* const select_generation;

void write(statement& into, const follow::kept_generation& row);
void write(statement& into, const kept_source& row);
void write(statement& into, const kept_run& row);

/// The row where the statement stands. Throws damaged_row.
follow::kept_generation read_generation(statement& row);

/// Throws damaged_row, database_error.
kept_run read_run(database& from);
/// All of them, as they were at one moment. Throws damaged_row, database_error.
kept_positions read_all(database& from);

}  // namespace logpipe::ship
