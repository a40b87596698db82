#pragma once

#include "logtail/options.hpp"

#include <logpipe/base/clock.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace logpipe::logtail {

/// Shows what is kept, and how far behind it is.
struct show_status {
  std::string state;
  /// Absolute paths; none: all sources.
  std::vector<std::string> sources = {};
  std::vector<std::string> rotated = {};  // see follow_options
  bool as_json = false;
  std::optional<std::uint64_t> max_lag = {};
  std::optional<milliseconds> max_age = {};
};

/// Gives logs a position.
struct set_positions {
  struct target {
    std::string path;  // absolute
    /// Nothing: behind its last line end.
    std::optional<std::uint64_t> offset = {};
  };
  std::string state;
  milliseconds wait_lock{0};
  std::vector<std::string> rotated = {};  // see follow_options
  std::vector<target> targets = {};
};

/// Drops what is kept of sources.
struct forget_sources {
  std::string state;
  milliseconds wait_lock{0};
  std::vector<std::string> sources = {};  // absolute paths
};

/// What is done with kept positions apart from a run: no topic is needed, no broker asked.
using positions_command = std::variant<show_status, set_positions, forget_sources>;

/// Nothing when the command line asks for a run. Throws usage_error.
std::optional<positions_command> plan_positions(const options& options);

}  // namespace logpipe::logtail
