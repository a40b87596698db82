#pragma once

#include "reading/loop_control.hpp"

#include <cstdint>
#include <string>

namespace logpipe::logcat {

/// The exit code of a run that was read to `end`. Where work is left, tells how much: `found` is
/// how many records were printed.
app::exit_code tell_ending(run_context& context, const plan& plan, loop_end end,
                           const assignment& parts, std::int64_t found);

/// Which limit brought that end, `idle` or `timeout`, for messages.
std::string limit_text(const selection_plan& wanted, loop_end end);

}  // namespace logpipe::logcat
