#pragma once

#include "logcat/run_context.hpp"

namespace logpipe::logcat {

/// --verify: reads each partition from its first offset to the end that it has at the start, then
/// what was missing once more with uncommitted isolation, and prints what it found. `failed` for
/// records out of order and for an end that was not reached. Throws as run() does.
app::exit_code verify_topics(run_context& context, const plan& plan);

}  // namespace logpipe::logcat
