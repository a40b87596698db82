#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace logpipe::follow::testing {

/// Faults of the system calls below lib/follow, for as long as it lives; one at a time. Calls are
/// wrapped by the linker (--wrap), so the code under test knows nothing of it.
struct faults {
  static constexpr std::uint64_t for_ever = ~std::uint64_t{0};

  faults();
  ~faults();
  faults(const faults&) = delete;
  faults& operator=(const faults&) = delete;

  /// A pread(2) or read(2) gives at most so many bytes.
  std::size_t most_bytes = SIZE_MAX;
  /// Each other read is interrupted first.
  bool interrupt = false;
  /// Reads fail with this errno, after `reads_before` went well, so many times.
  int read_error = 0;
  std::uint64_t reads_before = 0;
  std::uint64_t read_errors = for_ever;
  /// These fail with an errno, if it is not 0.
  int open_error = 0;
  int inotify_error = 0;
  int watch_error = 0;
  int events_error = 0;
  /// With open_error: only of files whose path ends so.
  std::string unopenable;
  /// With watch_error: after so many went well.
  std::uint64_t watches_before = 0;

  /// Called when a directory has been listed to its end, while what it holds is looked at.
  std::function<void()> when_listed;

  /// How many directories were listed, and files opened to be read.
  std::uint64_t listings = 0;
  std::uint64_t opens = 0;
  /// How many reads there were, and how many of inotify's events.
  std::uint64_t reads = 0;
  std::uint64_t event_reads = 0;
};

}  // namespace logpipe::follow::testing
