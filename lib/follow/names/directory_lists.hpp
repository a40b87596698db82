#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logpipe::follow {

/// What directories hold, each listed once: looking beside each of thousands of logs would take
/// quadratic time otherwise. A list may be older than the latest rename, see renew().
class directory_lists {
public:
  struct entry {
    std::string name;
    std::uint64_t inode;
  };

  /// False when the directory is not there or cannot be listed.
  bool can_list(const std::string& directory) { return list_of(directory).listed; }
  /// Has a directory listed again, when it is asked about next, if it has changed since, or may
  /// have. False: the list is as the directory is.
  bool renew(const std::string& directory);
  /// Those whose names begin so.
  std::span<const entry> beginning_with(const std::string& directory, std::string_view prefix);
  /// Paths of the files with that inode number.
  std::vector<std::string> with_inode(const std::string& directory, std::uint64_t inode);

private:
  struct list {
    bool listed = false;
    /// When it was last changed before it was listed, and the time as files have it then; both in
    /// nanoseconds since the epoch.
    std::int64_t changed = 0;
    std::int64_t made = 0;
    std::vector<entry> entries;  // by name
    /// As stat(2) says; on a file system of several layers the directory may say something else.
    std::optional<std::unordered_multimap<std::uint64_t, std::string>> by_inode;
  };
  list& list_of(const std::string& directory);

  std::map<std::string, list> m_lists;
};

/// The directory that a path lies in; "." for a name alone.
std::string directory_of(const std::string& path);

}  // namespace logpipe::follow
