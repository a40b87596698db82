#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace logpipe::follow {

namespace {

/// True of what lies in /proc: it says that it is a regular file of 0 bytes and gives some, so that
/// none of them would be read, and nobody told.
bool hides_its_size(int descriptor) {
  char byte = 0;
  const bool has_bytes = ::pread(descriptor, &byte, 1, 0) == 1;
  return has_bytes && status_of(descriptor).size == 0;
}

}  // namespace

void require_regular(mode_t mode, const std::string& path) {
  if (!S_ISREG(mode)) throw_errno(S_ISDIR(mode) ? EISDIR : EINVAL, path);
}

fd open_regular(const std::string& path) {
  // Not blocking, lest a FIFO that took the path meanwhile holds up everything.
  fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) throw_errno(path);
  const file_status status = status_of(file.get());
  require_regular(status.mode, path);
  if (status.size == 0 && hides_its_size(file.get())) throw_errno(EINVAL, path);
  return file;
}

}  // namespace logpipe::follow
