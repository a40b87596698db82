#pragma once

#include "logcat/plan.hpp"
#include "logcat/run_context.hpp"
#include "lookup.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// For each log the offset from which its last `wanted` records come, however many markers and
/// holes lie between. Reads those records once.
std::vector<std::int64_t> find_last_starts(run_context& context, kafka::reader& reader,
                                           const plan& plan, const std::vector<partition_log>& logs,
                                           std::int64_t wanted);

/// The texts of the newest `wanted` records by time over all logs, oldest first.
std::vector<std::string> collect_newest(run_context& context, kafka::reader& reader,
                                        const plan& plan, const std::vector<partition_log>& logs,
                                        std::int64_t wanted);

}  // namespace logpipe::logcat
