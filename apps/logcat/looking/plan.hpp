#pragma once

#include "options.hpp"
#include "topic_filter.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// What is looked at, checked.
struct looking_plan {
  enum class kind : std::uint8_t {
    /// Nothing: records are printed.
    none,
    list,
    query,
    verify,
  };
  kind what = kind::none;
  topic_filter topics;
  /// -Q: milliseconds since the epoch.
  std::int64_t time = 0;
  /// -G beside -L; empty: no group.
  std::string group;
  bool json = false;
  /// Rows that are not well stand out.
  bool coloured = false;

  bool any() const noexcept { return what != kind::none; }
};

/// Throws usage_error.
looking_plan resolve(const looking_options& options, const std::vector<std::string>& topics);

}  // namespace logpipe::logcat
