#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace logpipe::ship::testing {

/// What a call of SQLite's changed on the disk.
struct disk_change {
  enum class kind { create, write, truncate, sync, remove };
  kind what;
  /// Of the file, without its directory.
  std::string name;
  std::uint64_t offset = 0;  ///< of a write, or the size that is left
  std::string bytes = {};
};

/// Stands between SQLite and its files for as long as it lives, one at a time: writes down what is
/// changed, and lets calls fail. Nothing is really synced, since no test outlives the machine. It
/// is SQLite's default VFS (https://sqlite.org/vfs.html) over the one that was, so the code under
/// test knows nothing of it.
class disk {
public:
  disk();
  ~disk();
  disk(const disk&) = delete;
  disk& operator=(const disk&) = delete;

  enum class fault {
    none,
    full,       ///< writes: ENOSPC, after half of the bytes
    error,      ///< reads, writes, truncations, removals, opening: EIO
    sync_error  ///< fsync(2)
  };
  /// The `call`th call that such a fault can come to, counted from 0 and from now, fails; with
  /// `stays` the later ones as well.
  void fail(fault what, std::uint64_t call, bool stays);
  void work() { m_fault = fault::none; }
  /// Whether one failed since fail().
  bool has_failed() const { return m_failed; }

  const std::vector<disk_change>& changes() const { return m_changes; }

private:
  struct calls;

  bool fails(fault what);
  void note(disk_change change) { m_changes.push_back(std::move(change)); }

  std::vector<disk_change> m_changes;
  fault m_fault = fault::none;
  bool m_stays = false;
  bool m_failed = false;
  std::uint64_t m_calls_before = 0;
};

}  // namespace logpipe::ship::testing
