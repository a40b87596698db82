#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/base/file_lock.hpp>
#include <logpipe/base/state/state_schema.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace logpipe {

/// A state file cannot be used: it is no such database, is damaged, is of a newer version,
/// lies where it is not safe, or cannot be opened. One line: the file, what is wrong, what to do.
class state_error : public std::runtime_error {
public:
  state_error(const std::string& path, std::string_view problem, std::string_view remedy);
  /// Of what SQLite says.
  state_error(const std::string& path, const database_error& error);
};

/// What to do about a damaged one.
extern const std::string_view remedy_for_damage;

/// Where a state file really lies: absolute, and links followed, also one that leads to nothing
/// yet, so that the lock and what SQLite puts beside the file are the same by whatever name it is
/// called. Throws state_error when its directory is not there.
std::string state_path(const std::string& path);

/// All files that belong to the state file `path` (see state_path()), there or not: itself, what
/// SQLite and we put beside it, copies of older versions.
std::vector<std::string> files_of_state(const std::string& path, const state_schema& schema);

/// Takes the lock of who writes the state file `path` (see state_path()), `FILE.lock` beside it, or
/// says who has it. Does not wait. Throws state_error when positions cannot be kept there: on a
/// file system that others share, or in a directory that cannot be written.
std::variant<file_lock, file_lock::holder> lock_state(const std::string& path);

enum class state_access { read, write };
/// Whether there is a state file, as far as can be told without looking into it. Throws state_error
/// when what is there can be none, an empty file included, or may not be read, or written.
bool has_state_file(const std::string& path, state_access how);

/// The lock's errors alone, for one who has it: that files can be made beside it, which stay sound.
void check_state_place(const std::string& path);

}  // namespace logpipe
