#pragma once

#include <string>
#include <vector>

#include <logpipe/follow/follower.hpp>

namespace logpipe::app {

/// Gives the follower every PATH of the command line ("-" is stdin). Returns each source's absolute
/// path, by source. A PATH that cannot be a log (a directory, a socket) is a usage_error; what else
/// is wrong with it in a bounded run is std::system_error.
std::vector<std::string> add_sources(follow::follower& follower,
                                     const std::vector<std::string>& paths);

}  // namespace logpipe::app
