#include <logpipe/base/fd.hpp>

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace logpipe {

fd& fd::operator=(fd&& other) noexcept {
  if (this != &other) {
    reset();
    m_number = other.release();
  }
  return *this;
}

void fd::reset() noexcept {
  if (m_number >= 0) ::close(release());
}

void throw_errno(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

void throw_errno(const std::string& what) {
  throw_errno(errno, what);
}

}  // namespace logpipe
