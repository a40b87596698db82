#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// A partition's number; nothing when it is none.
std::optional<std::int32_t> parse_partition(std::string_view text);

/// "0,2-4" as sorted numbers without repetition. Throws usage_error.
std::vector<std::int32_t> parse_partitions(std::string_view text);

}  // namespace logpipe::logcat
