#pragma once

#include "logcat/plan.hpp"
#include "logcat/reading/record_sink.hpp"
#include "logcat/run_context.hpp"
#include "lookup.hpp"

#include <logpipe/base/owned_record.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace logpipe::logcat {

/// For each log the offset from which its last `wanted` records come, however many markers and
/// holes lie between. Reads those records once.
std::vector<std::int64_t> find_last_starts(run_context& context, kafka::reader& reader,
                                           const plan& plan, const std::vector<partition_log>& logs,
                                           std::int64_t wanted);

/// The newest `wanted` records by time over all logs, oldest first.
std::vector<owned_record> collect_newest(run_context& context, kafka::reader& reader,
                                         const plan& plan, const std::vector<partition_log>& logs,
                                         std::int64_t wanted);

/// Records in that order, until the sink wants no more; it is flushed then.
void give_to(record_sink& sink, std::span<const owned_record> records);

}  // namespace logpipe::logcat
