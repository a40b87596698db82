#pragma once

#include "start_position.hpp"

#include <cstdint>
#include <map>
#include <string_view>

namespace logpipe::logcat {

/// Where reading begins in each of these partitions; no other one is read.
using partition_starts = std::map<std::int32_t, start_position>;

/// Whether -o names partitions.
bool names_partitions(std::string_view start) noexcept;

/// "0:100,2:-5,3:oldest": partitions, each with a form that parse_start() takes. Throws
/// usage_error.
partition_starts parse_partition_starts(std::string_view text);

}  // namespace logpipe::logcat
