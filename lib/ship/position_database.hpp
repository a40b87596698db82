#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/base/state/state_file.hpp>
#include <logpipe/ship/position_store.hpp>

#include <string>

namespace logpipe::ship {

/// Positions in an SQLite database, as sqlite3(1) shows them too: tables `generations`, `sources`
/// and `run`, each row with a checksum; application_id and user_version say whose it is and of
/// which version. WAL and synchronous=NORMAL: after a power loss positions may be older than they
/// were, never newer. A file of an older version is brought up to date, and a copy stays beside it
/// (`FILE.vN`).
///
/// It is for who has the file's lock (see lock_state()); others may read meanwhile, by
/// read_positions() or sqlite3(1).
class position_database final : public position_store {
public:
  /// `path` as state_path() gives it. Makes the file, for its owner alone, where there is none.
  /// Throws state_error; what is there is never overwritten, nor taken for empty.
  explicit position_database(std::string path);

  /// Throws state_error when something does not fit.
  kept_positions load() override;
  follow::kept_id next_id() override { return m_next_id++; }
  /// Writes what changes, and no more, and does not wait for the disk but when SQLite moves its log
  /// into the file (each 4 MB). Of failures only those are thrown that are the caller's mistake.
  std::string save(const position_changes& changes) override;

  const std::string& path() const noexcept { return m_path; }

private:
  void write_all(const position_changes& changes);
  void write_seen(follow::kept_id id, std::int64_t now);

  std::string m_path;
  database m_database;
  statement m_write_generation;
  statement m_write_source;
  statement m_write_run;
  statement m_select_generation;
  statement m_forget_generation;
  statement m_forget_source;
  follow::kept_id m_next_id = 1;
};

}  // namespace logpipe::ship
