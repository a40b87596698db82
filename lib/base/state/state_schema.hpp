#pragma once

#include <logpipe/base/database.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace logpipe {

/// What makes a state file of one version one of the next. Runs within a transaction; throws
/// database_error.
using schema_step = void (*)(database&);

/// A kind of state files.
struct state_schema {
  /// Stands in the file as its application_id, where file(1) and sqlite3(1) find it.
  std::uint32_t application = 0;
  /// For messages, as in "is no database of log positions".
  std::string_view content;
  /// All of them, the first from version 0, which is a database that holds nothing but the mark.
  /// The version, `user_version`, is how many have been made.
  std::span<const schema_step> steps;

  std::int64_t version() const noexcept { return static_cast<std::int64_t>(steps.size()); }
};

/// Opens a state file to write it, in WAL mode, and makes it where there is none; an older one is
/// brought up to date. All of it is looked at, and what is there is never overwritten, nor taken
/// for empty. `path` as state_path() gives it, and the caller has its lock (see lock_state()).
/// Throws state_error.
database open_state(const std::string& path, const state_schema& schema);

// What that consists of, for one who only reads, and for tests.

/// Makes a state file that holds nothing, with mode 0600. It is made under another name,
/// `FILE.new`, so that one that is there is always whole. Throws state_error, also when something
/// stands there already, or a log without its database.
void make_state_file(const std::string& path, const state_schema& schema);

/// Throws state_error unless it is of this kind, database_error unless it is a database. Changes
/// nothing, whatever it is.
void check_application(const std::string& path, const state_schema& schema);

/// Throws state_error for a version that the steps do not lead to, and, unless `older_too`, for one
/// on the way.
void check_version(database& in, const std::string& path, const state_schema& schema,
                   bool older_too);

/// Makes the steps that are left, all or none, when there is a copy of how it was, `FILE.vN`.
/// Throws database_error, std::system_error.
void bring_up_to_date(database& in, const std::string& path, const state_schema& schema);

}  // namespace logpipe
