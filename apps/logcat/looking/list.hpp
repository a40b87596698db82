#pragma once

#include "logcat/run_context.hpp"

namespace logpipe::logcat {

/// -L without a group: prints what the cluster, or each TOPIC, is like. Throws as run() does.
app::exit_code list_cluster(run_context& context, const plan& plan);

}  // namespace logpipe::logcat
