#pragma once

#include "plan.hpp"

#include <logpipe/follow/follower.hpp>

#include <functional>
#include <string>

namespace logpipe::logtail {

/// Gives the follower every PATH of the command line: files, patterns, directories, "-" for stdin.
/// `added` gets each that is a source of its own, with its absolute path; what patterns find is
/// told as discovered. A PATH that cannot be a log (a socket, a device) is a usage_error. One that
/// cannot be read now is waited for when following; in a bounded run it is left out and told to
/// `unreadable` with its errno. What stdout and stderr go to is found by no pattern. Returns
/// whether any was taken.
bool add_sources(follow::follower& follower, const plan& plan,
                 const std::function<void(follow::source_id, std::string)>& added,
                 const follow::follower::observer& unreadable);

}  // namespace logpipe::logtail
