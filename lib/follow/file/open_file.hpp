#pragma once

#include <logpipe/base/fd.hpp>

#include <sys/types.h>

#include <string>

namespace logpipe::follow {

/// Opens a regular file for reading, without waiting for anybody. Throws std::system_error: that of
/// open(2), EISDIR for a directory, EINVAL for what else is no file that can be followed, one of
/// /proc among them.
fd open_regular(const std::string& path);
/// Throws EISDIR or EINVAL for a mode that is no regular file's.
void require_regular(mode_t mode, const std::string& path);

}  // namespace logpipe::follow
