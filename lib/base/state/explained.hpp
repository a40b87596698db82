#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/base/state/checked_row.hpp>
#include <logpipe/base/state/state_file.hpp>

#include <fmt/format.h>

#include <string>
#include <system_error>

namespace logpipe {

/// What `call` gives; what goes wrong in the database, or beside it, becomes a state_error.
template <typename Call>
auto explained(const std::string& path, Call call) {
  try {
    return call();
  } catch (const database_error& error) {
    throw state_error(path, error);
  } catch (const damaged_row& error) {
    throw state_error(path, fmt::format("is damaged: {}", error.what()), remedy_for_damage);
  } catch (const std::system_error& error) {
    throw state_error(path, error.what(), "make that possible, or name another file");
  }
}

}  // namespace logpipe
