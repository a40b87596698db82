#pragma once

#include "exit_code.hpp"
#include "messages.hpp"

#include <functional>

namespace logpipe::app {

/// Runs `body` and turns whatever it throws into one line on stderr and an exit code: the one place
/// where exceptions end.
int run_tool(messages& out, const std::function<exit_code()>& body);

}  // namespace logpipe::app
