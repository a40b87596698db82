#pragma once

#include <logpipe/follow/follower.hpp>

#include <string>
#include <vector>

namespace logpipe::logtail {

/// Gives the follower every PATH of the command line ("-" is stdin). Returns each source's absolute
/// path, by source. A PATH that cannot be a log (a directory, a socket) is a usage_error. One that
/// cannot be read now is waited for when following; in a bounded run it is left out and told to
/// `unreadable` with its errno.
std::vector<std::string> add_sources(follow::follower& follower,
                                     const std::vector<std::string>& paths,
                                     const follow::follower::observer& unreadable);

}  // namespace logpipe::logtail
