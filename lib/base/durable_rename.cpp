#include <logpipe/base/durable_rename.hpp>
#include <logpipe/base/fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace logpipe {

namespace {

void sync(const std::string& path, int flags) {
  const fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (!file || ::fsync(file.get()) != 0) throw_errno(path);
}

}  // namespace

void rename_durably(const std::string& from, const std::string& to, existing what) {
  sync(from, 0);
  const unsigned flags = what == existing::keep ? RENAME_NOREPLACE : 0;
  int failed = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags);
  // The file system does not know the flag.
  if (failed != 0 && errno == EINVAL && flags != 0) failed = ::rename(from.c_str(), to.c_str());
  if (failed != 0) throw_errno(to);
  const auto directory = std::filesystem::path(to).parent_path();
  sync(directory.empty() ? "." : directory.string(), O_DIRECTORY);
}

}  // namespace logpipe
