#pragma once

#include "options.hpp"
#include "start_position.hpp"
#include "topic_expressions.hpp"

#include <logpipe/kafka/reader.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// Which records are read, checked.
struct selection_plan {
  /// By name, each once, and by regular expressions.
  std::vector<std::string> topics;
  topic_expressions expressions;
  /// Empty: all of them.
  std::vector<std::int32_t> partitions;
  kafka::isolation_level isolation = kafka::isolation_level::committed;
  start_position start;
  /// -n: the newest so many over all partitions, instead of `start`.
  std::optional<std::int64_t> tail;
  /// Ends at the end offsets as they are at the start.
  bool exit_at_end = false;
  std::optional<std::int64_t> count;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> idle;

  /// Whether the topic is asked for by its name.
  bool names(std::string_view topic) const;
  bool wants(std::int32_t partition) const;
  /// Whether the run ends by itself.
  bool is_bounded() const noexcept { return exit_at_end || count || timeout || idle; }
};

/// Throws usage_error.
selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics);

}  // namespace logpipe::logcat
