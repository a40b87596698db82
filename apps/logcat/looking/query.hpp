#pragma once

#include "logcat/run_context.hpp"

namespace logpipe::logcat {

/// -Q: prints, for each partition, the offset of the first record at or past the time, or the end
/// where there is none. As text a table; with -J an object per line:
///
///   {"topic","partition","offset","end"}
///
/// "offset" and "end" (the last stable offset) are null where no leader told them. Throws as run()
/// does.
app::exit_code query_offsets(run_context& context, const plan& plan);

}  // namespace logpipe::logcat
