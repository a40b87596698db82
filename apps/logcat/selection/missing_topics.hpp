#pragma once

#include "logcat/run_context.hpp"

#include <string>
#include <vector>

namespace logpipe::logcat {

/// Tells which of the topics that were named are not there, each with the one of `all` that may
/// have been meant, and throws run_ended with 1.
[[noreturn]] void end_for_missing(run_context& context, const plan& plan,
                                  const std::vector<std::string>& missing,
                                  const std::vector<std::string>& all);

/// For a message: that no topic matches an expression.
std::string unmatched_text(const std::string& expression, const plan& plan);

}  // namespace logpipe::logcat
