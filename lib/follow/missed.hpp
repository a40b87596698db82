#pragma once

#include <logpipe/follow/identity.hpp>

#include <string>
#include <vector>

namespace logpipe::follow {

/// The files that stood at `path` after `before` and until `after` took it, and were renamed away
/// before we looked; in the order in which they were made. They are recognised by their birth time
/// and by their name: that of the path, then '.' or '-', then digits. None where the file system
/// has no birth times.
std::vector<std::string> missed_generations(const std::string& path, const identity& before,
                                            const identity& after);

}  // namespace logpipe::follow
