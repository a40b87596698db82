#pragma once

#include "lookup.hpp"
#include "plan.hpp"

#include <cstdint>
#include <vector>

namespace logpipe::logcat {

/// For each log the first offset that the plan asks for: never before its begin, and past its end
/// only for an offset that lies ahead. Asks the brokers, and reads, where that takes it.
std::vector<std::int64_t> find_beginnings(run_context& context, kafka::reader& reader,
                                          const plan& plan, const std::vector<partition_log>& logs);

}  // namespace logpipe::logcat
