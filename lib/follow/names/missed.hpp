#pragma once

#include <logpipe/follow/file/identity.hpp>

#include <string>
#include <vector>

namespace logpipe::follow {

/// The files that stood at `path` after `before` and until `after` took it, and were renamed away
/// before we looked; in the order in which they were made. They are recognised by their birth time
/// and by their name, see rotated_files(). Where there was no file
/// before, `before` holds the moment as its birth time, and the device of `after`. None where the
/// file system has no birth times.
std::vector<std::string> missed_generations(const std::string& path, const identity& before,
                                            const identity& after);

}  // namespace logpipe::follow
