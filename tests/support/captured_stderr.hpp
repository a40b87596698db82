#pragma once

#include <logpipe/base/fd.hpp>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace logpipe::test {

/// For its life what is written to stderr goes here.
class captured_stderr {
public:
  captured_stderr()
      : m_before(::dup(STDERR_FILENO)), m_written(::memfd_create("stderr", MFD_CLOEXEC)) {
    ::dup2(m_written.get(), STDERR_FILENO);
  }
  ~captured_stderr() { ::dup2(m_before.get(), STDERR_FILENO); }
  captured_stderr(const captured_stderr&) = delete;
  captured_stderr& operator=(const captured_stderr&) = delete;

  /// All that was written so far.
  std::string text() const {
    struct stat status {};
    ::fstat(m_written.get(), &status);
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    const auto got = ::pread(m_written.get(), text.data(), text.size(), 0);
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

private:
  fd m_before;
  fd m_written;
};

}  // namespace logpipe::test
