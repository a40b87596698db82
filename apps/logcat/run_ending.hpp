#pragma once

#include "reading/loop_control.hpp"

#include <cstdint>

namespace logpipe::logcat {

/// The exit code of a run that was read to `end`. Where work is left, tells how much: `found` is
/// how many records were printed.
app::exit_code tell_ending(run_context& context, const plan& plan, loop_end end,
                           const assignment& parts, std::int64_t found);

}  // namespace logpipe::logcat
