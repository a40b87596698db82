#pragma once

#include "options.hpp"
#include "start_position.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Which records are read, checked.
struct selection_plan {
  std::vector<std::string> topics;
  /// Empty: all of them.
  std::vector<std::int32_t> partitions;
  start_position start;
  /// -n: the newest so many over all partitions, instead of `start`.
  std::optional<std::int64_t> tail;
  /// Ends at the end offsets as they are at the start.
  bool exit_at_end = false;
  std::optional<std::int64_t> count;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> idle;

  /// Whether the run ends by itself.
  bool is_bounded() const noexcept { return exit_at_end || count || timeout || idle; }
};

/// Throws usage_error.
selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics);

}  // namespace logpipe::logcat
