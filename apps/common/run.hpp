#pragma once

#include "exit_code.hpp"
#include "messages.hpp"

#include <functional>

namespace logpipe::app {

/// Runs `body` and turns whatever it throws into one line on stderr and an exit code: the one place
/// where exceptions end. Sees to it before that the standard descriptors are taken.
int run_tool(messages& out, const std::function<exit_code()>& body);

}  // namespace logpipe::app
