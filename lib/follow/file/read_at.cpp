#include <logpipe/follow/file/read_at.hpp>

#include <unistd.h>

#include <cerrno>

namespace logpipe::follow {

ssize_t read_at(int descriptor, char* to, std::size_t size, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n =
        ::pread(descriptor, to + done, size - done, static_cast<off_t>(offset + done));
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    done += static_cast<std::size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

}  // namespace logpipe::follow
