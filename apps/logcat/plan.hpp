#pragma once

#include "options.hpp"
#include "start_position.hpp"

#include <logpipe/format/record_format.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// What a command line comes to, checked.
struct plan {
  std::vector<std::string> topics;
  start_position start;
  /// -n: the newest so many over all partitions, instead of `start`.
  std::optional<std::int64_t> tail;
  /// Ends at the end offsets as they are at the start.
  bool exit_at_end = false;
  std::optional<std::int64_t> count;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> idle;
  /// Empty: all of them.
  std::vector<std::int32_t> partitions;
  format::record_format format;
  app::connection_plan connection;
  /// The run ends by itself; otherwise it follows until it is told to end.
  bool bounded = false;
};

/// Throws usage_error and what app::resolve throws. `terminal`: text is made harmless for it.
plan make_plan(const options& options, bool terminal);

}  // namespace logpipe::logcat
