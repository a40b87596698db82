#pragma once

#include <logpipe/base/clock.hpp>

#include <cstdint>

namespace logpipe::logcat {

/// Cuts time into stretches of one width that begin where people let them begin: at whole hours,
/// days and weeks (Mondays) of the local zone. Up to an hour all are of that width; of longer ones
/// that which holds a change to or from daylight saving is shorter or longer, as its day is. Times
/// are milliseconds since the epoch.
class time_buckets {
public:
  /// At least a millisecond.
  explicit time_buckets(milliseconds width);

  /// The buckets in their order have consecutive numbers.
  std::int64_t number_of(std::int64_t timestamp);
  /// The first moment of a bucket.
  std::int64_t begin_of(std::int64_t number) const;
  milliseconds width() const noexcept { return m_width; }

private:
  std::int64_t offset_of(std::int64_t timestamp);

  milliseconds m_width;
  /// Whether buckets follow what clocks show, through daylight saving.
  bool m_follows_clocks;
  /// What is added to a time, or to what a clock shows then, so that bucket 0 begins at 0.
  std::int64_t m_shift;
  /// The zone's offset in the quarter of an hour that was asked for last.
  std::int64_t m_quarter;
  std::int64_t m_offset;
};

}  // namespace logpipe::logcat
