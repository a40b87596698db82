#pragma once

#include "kept_position.hpp"
#include "logcat/reading/sameness.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace logpipe::logcat {

/// What a partition's log was found to be like, where something is kept of it.
struct found_log {
  /// Its offsets: [begin, high_watermark).
  std::int64_t begin = 0;
  std::int64_t high_watermark = 0;
  /// What stands now at the offset of the last record that was read; nothing when no record does.
  std::optional<record_mark> last;
};

/// Whether a log is the one of which something is kept.
sameness compare(const kept_position& kept, const found_log& found) noexcept;

/// Where to go on in a partition.
struct resumption {
  enum class kind {
    goes_on,
    /// Records up to `first` were removed: `first` - the kept position offsets.
    removed,
    /// The topic was made anew: from the beginning.
    made_anew
  };
  kind what = kind::goes_on;
  std::int64_t first = 0;
};

/// One partition of a topic, with what is kept of it.
struct resumed_partition {
  kept_position kept;
  found_log found;
  sameness is = sameness::unknown;
};

/// Of partitions of one topic, in their order. A log of which nothing can be told is taken for a
/// new one when another partition shows that the topic was made anew: rather twice than never.
/// `fewer`: the topic has fewer partitions than it had, which it only has when it is another.
std::vector<resumption> resume(const std::vector<resumed_partition>& of_topic, bool fewer);

}  // namespace logpipe::logcat
