#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/identity.hpp>

#include <string>

namespace logpipe::follow {

/// Opens the file wherever it is in the directory of `path`, where it was last; `path` itself is
/// tried first. Empty when it is not there. Throws std::system_error when it is but cannot be
/// opened.
fd open_again(const std::string& path, const identity& file);

}  // namespace logpipe::follow
