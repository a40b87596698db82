#include <logpipe/base/fd.hpp>
#include <logpipe/base/output.hpp>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace logpipe {

output_buffer::output_buffer(std::size_t capacity)
    : m_data(new char[capacity]), m_capacity(capacity) {}

void output_buffer::grow(std::size_t more) {
  const std::size_t capacity = std::max(m_capacity * 2, m_size + more);
  std::unique_ptr<char[]> larger(new char[capacity]);
  if (m_size > 0) std::memcpy(larger.get(), m_data.get(), m_size);
  m_data = std::move(larger);
  m_capacity = capacity;
}

void output_buffer::clear(std::size_t keep) {
  m_size = 0;
  if (m_capacity > keep) {
    m_data.reset(new char[keep]);
    m_capacity = keep;
  }
}

write_result write_all(int descriptor, std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd ready{descriptor, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno == EPIPE) {
      return write_result::closed;
    } else if (errno != EINTR) {
      throw_errno(std::string(name));
    }
  }
  return write_result::written;
}

}  // namespace logpipe
