#pragma once

#include <logpipe/base/fd.hpp>

#include <sys/types.h>

#include <string>
#include <utility>
#include <variant>

namespace logpipe {

/// Sole ownership of something among processes of this machine, by flock(2) on a file that stands
/// for it and holds the owner's pid as text. The kernel gives the lock up with the process, however
/// that ends; the file stays, since one that is unlinked could be locked by two.
class file_lock {
public:
  /// Another process has it.
  struct holder {
    /// 0: not known, because it is just taking the lock or could not write it down.
    pid_t pid = 0;
  };

  /// Takes the lock, or says who has it; does not wait. The file is made, with mode 0600, where
  /// there is none. Throws std::system_error with the path when it cannot be opened or locked.
  static std::variant<file_lock, holder> try_lock(const std::string& path);

private:
  explicit file_lock(fd file) noexcept : m_file(std::move(file)) {}

  fd m_file;
};

}  // namespace logpipe
