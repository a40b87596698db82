#pragma once

#include <logpipe/base/database.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace logpipe::ship {

/// What makes a state file of one version one of the next. Runs within a transaction; throws
/// database_error.
using schema_step = void (*)(database&);
/// All of them, the first from version 0, which is a database that holds nothing but our mark. The
/// version, `user_version`, is how many have been made.
std::span<const schema_step> position_schema();

/// Makes a state file without positions, with mode 0600. It is made under another name, `FILE.new`,
/// so that one that is there is always whole. Throws state_error, also when something stands there
/// already, or a log without its database.
void make_state_file(const std::string& path, std::span<const schema_step> steps);

/// Throws state_error unless it is ours, database_error unless it is a database. Changes nothing,
/// whatever it is.
void check_application(const std::string& path);

/// Throws state_error for a version that the steps do not lead to, and, unless `older_too`, for one
/// on the way.
void check_version(database& in, const std::string& path, std::span<const schema_step> steps,
                   bool older_too);

/// Makes the steps that are left, all or none, when there is a copy of how it was, `FILE.vN`.
/// Throws database_error, std::system_error.
void bring_up_to_date(database& in, const std::string& path, std::span<const schema_step> steps);

}  // namespace logpipe::ship
