#pragma once

#include <string>

namespace logpipe {

/// Where a file really lies: absolute, and links followed, also one that leads to nothing yet, so
/// that what is put beside the file is the same by whatever name it is called. Throws
/// std::system_error when its directory is not there.
std::string real_place(const std::string& path);

}  // namespace logpipe
