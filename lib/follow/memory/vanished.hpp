#pragma once

#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/source.hpp>

#include <string>

namespace logpipe::follow {

/// Tells that what is kept of `log`, the absolute path of the log at `path`, is not done with, and
/// was not found has vanished; and which of those that are done with are there, and which are not.
/// To be called when the past of all logs has been looked for. False where something may still
/// come: nothing of the log is there, and its volume may not be mounted; the directory in which it
/// was cannot be listed; or it `is_hidden`: there are files that cannot be read.
bool tell_vanished(const std::string& path, const std::string& log, const surroundings& around,
                   bool is_hidden, directory_lists& lists);

}  // namespace logpipe::follow
