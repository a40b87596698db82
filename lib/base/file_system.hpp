#pragma once

#include <optional>
#include <string>

namespace logpipe {

/// A type of file system as statfs(2) numbers them, and whether inotify tells of all that happens
/// to its files.
struct file_system {
  /// Its name as mount(8) writes it, for messages; "0x..." for one that is not known.
  std::string name;
  /// False where others than this kernel change files (the network, a host), and where it is not
  /// known: there the files are looked at instead.
  bool has_events = false;
  /// Known as one whose files others than this kernel change: locks, and memory that is shared by
  /// mmap(2), may not hold there.
  bool is_shared = false;
};

/// What an f_type of statfs(2) means.
file_system file_system_of_type(unsigned long type);
/// The file system that a file, or its nearest directory that exists, lies on. Nothing when
/// that cannot be found out.
std::optional<file_system> file_system_of(const std::string& path);

}  // namespace logpipe
