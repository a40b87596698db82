#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::follow {

/// Which file a descriptor or a path leads to. Counts within one run: devices are numbered anew at
/// each boot, and a path is never an identity. Two are the same file when all members are equal;
/// the birth time tells a file from a later one that was given its inode number.
struct identity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  /// Nanoseconds since the epoch, 0 where the file system keeps no birth time.
  std::int64_t birth = 0;

  auto operator<=>(const identity&) const = default;
};

struct file_status {
  identity id;
  std::uint64_t size = 0;
  /// Last change of the content, nanoseconds since the epoch.
  std::int64_t modified = 0;
  mode_t mode = 0;
  /// Number of names the file has; 0 once it is deleted.
  std::uint64_t links = 0;
};

/// statx(2) of an open file. Throws std::system_error when even that fails.
file_status status_of(int descriptor);
/// statx(2) of a path, links followed. Nothing when there is no such file (ENOENT, ENOTDIR);
/// throws std::system_error for other errors, the path in its text.
std::optional<file_status> status_of(const std::string& path);

/// Now, by the clock that files have their times from, nanoseconds since the epoch. Those lag by a
/// tick: a file with a later birth than this was surely made later.
std::int64_t file_time_now();

/// The name that an open file has now, as the kernel tells it; empty when it has been deleted.
std::string current_name(int descriptor);

}  // namespace logpipe::follow
