#pragma once

#include <string>

namespace logpipe {

enum class existing { replace, keep };

/// Gives a finished file its name, for good: its content is synced before, its directory behind, so
/// that whatever happens to the machine, `to` is what it was or the whole new file. `keep`: when
/// something stands at `to` already, that is a failure, as far as the file system can tell (not all
/// know how). Throws std::system_error; when only the directory could not be synced, the file has
/// its name.
void rename_durably(const std::string& from, const std::string& to, existing what);

}  // namespace logpipe
