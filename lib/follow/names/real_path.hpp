#pragma once

#include <string>

namespace logpipe::follow {

/// A path's own, without links in it; what the last one leads to need not be there at the moment.
/// The path as it is where that cannot be found out.
std::string real_path(const std::string& path);

}  // namespace logpipe::follow
