#pragma once

#include "options.hpp"

#include <logpipe/base/clock.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::logcat {

/// When positions are kept.
enum class commit {
  end,   ///< when the run ends with 0 or 4
  flush  ///< once what they stand behind has been written
};

/// Where a run goes on, and how its output becomes final, checked.
struct resuming_plan {
  std::optional<std::string> state;
  /// How long another owner of the state is waited for.
  milliseconds wait_lock{0};
  /// The consumer group's ID.
  std::optional<std::string> group;
  /// Into a group that is an application's, too.
  bool join = false;
  commit when = commit::flush;
  /// The file to write to, its time filled in.
  std::optional<std::string> output;

  /// Nothing counts unless the run comes to its end.
  bool all_or_nothing() const noexcept { return (state || group) && when == commit::end; }
};

/// Throws usage_error. `bounded`: the run ends by itself; `now`: its start, in milliseconds since
/// the epoch.
resuming_plan resolve(const resuming_options& options, bool bounded, std::int64_t now);

}  // namespace logpipe::logcat
