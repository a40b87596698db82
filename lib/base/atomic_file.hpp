#pragma once

#include <logpipe/base/fd.hpp>

#include <string>

namespace logpipe {

/// A file that is there whole or not at all: it is written under another name in the same
/// directory, `.NAME.unfinished-...`, and replaces what is at its path when it is put there. What
/// is not put there goes with the object; what a killed process left is removed by the next one
/// that writes to the same path, and a lock tells that from what one is writing now.
class atomic_file {
public:
  /// `path` with its links followed (see real_place()); its directory is there. The new file has
  /// the mode of the one it will replace, and where it may its owner; otherwise 0666 less the
  /// umask. Throws std::system_error, on a full disk too.
  explicit atomic_file(std::string path);
  ~atomic_file();
  atomic_file(const atomic_file&) = delete;
  atomic_file& operator=(const atomic_file&) = delete;

  /// Where to write.
  int descriptor() const noexcept { return m_file.get(); }
  const std::string& path() const noexcept { return m_path; }

  /// Once, when all is written: it is on the disk and has its name. Throws std::system_error.
  void put_in_place();

private:
  /// False: another process just took it for one that was left.
  bool make(int number, unsigned mode);

  std::string m_path;
  std::string m_temporary;  // empty when it is gone
  fd m_file;
};

}  // namespace logpipe
