#pragma once

#include "logcat/run_context.hpp"
#include "record_mark.hpp"

#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// An offset to be read again.
struct record_address {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
};

/// What stands there now, in their order; nothing where no record does (any more). The offsets are
/// within their logs, each partition is there once, and the reader reads nothing else. Throws
/// run_ended.
std::vector<std::optional<record_mark>> read_again(run_context& context, kafka::reader& reader,
                                                   const plan& plan,
                                                   const std::vector<record_address>& places);

}  // namespace logpipe::logcat
