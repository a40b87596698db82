#pragma once

#include "kept_position.hpp"
#include "logcat/run_context.hpp"
#include "logcat/selection/lookup.hpp"

#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Where a partition goes on, instead of where the plan would begin.
struct resumed_start {
  std::int64_t first = 0;
  /// The last record before it that an earlier run read, of the log that is there now.
  std::optional<record_mark> last = {};
};

/// Of each log; nothing where nothing is kept and the plan's start counts. Reads the last records
/// again to see whether the logs are those of which something is kept, and tells what was removed
/// or made anew. `partitions`: how many each topic has. Throws run_ended, kafka_error.
std::vector<std::optional<resumed_start>> find_resumed(
    run_context& context, kafka::reader& reader, const plan& plan,
    const std::vector<partition_log>& logs, const kept_positions& kept,
    const std::map<std::string, std::int32_t>& partitions);

}  // namespace logpipe::logcat
