#include <logpipe/follow/position.hpp>

#include <unistd.h>

#include <array>
#include <cerrno>

namespace logpipe::follow {

bool stands_at(int descriptor, const position& where) {
  std::array<char, guard::capacity> bytes{};
  const std::size_t wanted = where.before.size();
  std::size_t done = 0;
  while (done < wanted) {
    const auto from = static_cast<off_t>(where.offset - wanted + done);
    const ssize_t size = ::pread(descriptor, bytes.data() + done, wanted - done, from);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return false;
    done += static_cast<std::size_t>(size);
  }
  return where.before.matches(bytes.data() + wanted);
}

}  // namespace logpipe::follow
