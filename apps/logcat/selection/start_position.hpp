#pragma once

#include <cstdint>
#include <string_view>

namespace logpipe::logcat {

/// Where reading begins in each partition.
struct start_position {
  enum class kind {
    oldest,
    newest,
    /// At an offset.
    offset,
    /// That many records before the end.
    last,
    /// At the first record whose timestamp is at or past a time, in milliseconds since the epoch.
    time,
  };
  kind what = kind::newest;
  std::int64_t number = 0;

  bool operator==(const start_position&) const = default;
};

/// newest, end, oldest, beginning, N or -N. Throws usage_error.
start_position parse_start(std::string_view text);

/// The offset to start at in a partition whose log is [begin, end); never outside of it. Of `last`
/// the nearest it can be: offsets are not records, tail_window finds the true one. Not for `time`,
/// which takes a question.
std::int64_t start_offset(const start_position& start, std::int64_t begin, std::int64_t end);

}  // namespace logpipe::logcat
