#pragma once

#include "common/messages.hpp"

#include <logpipe/base/file_lock.hpp>

#include <optional>
#include <string>

namespace logpipe::logtail {

/// Makes this process the one that writes a state file, as ship::state_path() names it. Nothing,
/// and told, when another one is. Throws ship::state_error when nobody can be.
std::optional<file_lock> own_state(const std::string& state, app::messages& out);

/// What to say of a state file that is not there, where one is needed.
std::string no_state_text(const std::string& state);

}  // namespace logpipe::logtail
