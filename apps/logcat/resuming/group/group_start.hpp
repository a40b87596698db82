#pragma once

#include "logcat/selection/lookup.hpp"

#include <cstdint>
#include <optional>

namespace logpipe::logcat {

/// Where the reading of a partition begins that a group has given us, and why there.
struct group_start {
  enum class reason {
    /// Where the group is.
    committed,
    /// Records behind where the group is were removed: `first` - the committed offset offsets.
    removed,
    /// The log ends before where the group is: it was made anew, and is read from its start.
    made_anew,
    /// The group has read others of its topic: it is new, and read from its first record.
    appeared,
    /// Nothing is committed for the topic: where the command line says.
    asked_for,
  };
  reason why = reason::committed;
  std::int64_t first = 0;

  bool operator==(const group_start&) const = default;
};

/// `log` ends at its high watermark. `committed`: for this partition; `topic_known`: for another
/// one of its topic. `asked_for`: where reading would begin without a group.
group_start start_in_group(const partition_log& log, std::optional<std::int64_t> committed,
                           bool topic_known, std::int64_t asked_for);

}  // namespace logpipe::logcat
