#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// "0,2-4" as sorted numbers without repetition. Throws usage_error.
std::vector<std::int32_t> parse_partitions(std::string_view text);

}  // namespace logpipe::logcat
