#include "stdout_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string>
#include <utility>

namespace logpipe::logcat {

stdout_writer::stdout_writer(int descriptor, std::string name)
    : m_descriptor(descriptor), m_name(std::move(name)) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_errno(m_name);
  m_terminal = ::isatty(descriptor) == 1;
  const bool is_file = S_ISREG(status.st_mode) || S_ISBLK(status.st_mode);
  if (is_file) return;
  // Fewer turns between us and a pipe's reader; where it is not allowed the pipe stays as it is.
  if (S_ISFIFO(status.st_mode)) ::fcntl(descriptor, F_SETPIPE_SZ, 1024 * 1024);
  const std::string path = fmt::format("/proc/self/fd/{}", descriptor);
  m_own = fd(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  m_may_block = !m_own;
}

stdout_writer::outcome stdout_writer::write(std::string_view& rest) const {
  while (!rest.empty()) {
    if (m_may_block) {
      pollfd ready{m_descriptor, POLLOUT, 0};
      if (::poll(&ready, 1, 0) == 0) return outcome::blocked;
    }
    // A pipe that poll calls writable takes PIPE_BUF bytes at once.
    const auto piece = m_may_block ? rest.substr(0, PIPE_BUF) : rest;
    const ssize_t written = ::write(descriptor(), piece.data(), piece.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return outcome::blocked;
    } else if (errno == EPIPE) {
      return outcome::closed;
    } else if (errno != EINTR) {
      throw_errno(m_name);
    }
  }
  return outcome::written;
}

}  // namespace logpipe::logcat
