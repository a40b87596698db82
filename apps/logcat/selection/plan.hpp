#pragma once

#include "options.hpp"
#include "partition_starts.hpp"
#include "record_place.hpp"
#include "start_position.hpp"
#include "time_window.hpp"
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
  /// Instead of `start`, for exactly the `partitions`; empty when no partition was named.
  partition_starts starts;
  /// -n: the newest so many over all partitions, instead of `start`.
  std::optional<std::int64_t> tail;
  /// Exactly these records and nothing else, in this order.
  std::vector<record_place> at;
  /// Only records with such timestamps.
  time_bounds times;
  /// --until lay ahead when the run began: it is waited for on the clock.
  bool until_lies_ahead = false;
  /// Ends at the end offsets as they are at the start.
  bool exit_at_end = false;
  std::optional<std::int64_t> count;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> idle;

  /// Whether the topic is asked for by its name.
  bool names(std::string_view topic) const;
  bool wants(std::int32_t partition) const;
  const start_position& start_of(std::int32_t partition) const;
  bool has_until() const noexcept { return times.until != time_bounds().until; }
  /// Whether the ends of the logs as they are at the start are the ends of the run.
  bool ends_at_start() const noexcept {
    return exit_at_end || (has_until() && !until_lies_ahead) || !at.empty();
  }
  /// Whether records from before the start have to be read to find it.
  bool looks_back() const;
  /// Whether the run ends by itself.
  bool is_bounded() const noexcept {
    return ends_at_start() || has_until() || count || timeout || idle;
  }
};

/// Throws usage_error. `now`: what times are told from, milliseconds since the epoch.
selection_plan resolve(const selection_options& options, const std::vector<std::string>& topics,
                       std::int64_t now);

}  // namespace logpipe::logcat
