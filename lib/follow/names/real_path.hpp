#pragma once

#include <string>

namespace logpipe::follow {

/// Absolute, without dots: the same wherever a run was started. Links stay.
std::string full_path(const std::string& path);
/// A path's own, without links in it; what the last one leads to need not be there at the moment.
/// The path as it is where that cannot be found out.
std::string real_path(const std::string& path);

}  // namespace logpipe::follow
