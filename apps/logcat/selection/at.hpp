#pragma once

#include "common/exit_code.hpp"
#include "logcat/reading/record_sink.hpp"
#include "lookup.hpp"

#include <vector>

namespace logpipe::logcat {

/// --at: gives the sink exactly the records that the plan names, in its order, and tells what is
/// known of those that are not there: `unmet` when there is one. `logs`: the partitions they are
/// in. Throws run_ended when the run's limits or a signal come first.
app::exit_code print_at(run_context& context, kafka::reader& reader, const plan& plan,
                        const std::vector<partition_log>& logs, record_sink& sink);

}  // namespace logpipe::logcat
