#include "metrics_file.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/base/output.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace logpipe::logtail {

bool metrics_file::can_be(const std::string& path) {
  struct stat there {};
  return !path.empty() && (::lstat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode));
}

void metrics_file::replace(std::string_view text) {
  try {
    write_and_rename(text);
    m_failing = false;
  } catch (const std::system_error& error) {
    ::unlink(temporary_path().c_str());
    if (!m_failing) m_out.error("--metrics: {}", error.what());
    m_failing = true;
  }
}

void metrics_file::write_and_rename(std::string_view text) const {
  if (!can_be(m_path)) throw std::system_error(EINVAL, std::generic_category(), m_path);
  const std::string temporary = temporary_path();
  ::unlink(temporary.c_str());  // of a run that was killed
  const fd file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file || ::fchmod(file.get(), 0644) != 0) throw_errno(temporary);
  write_all(file.get(), text, temporary);
  if (::rename(temporary.c_str(), m_path.c_str()) != 0) throw_errno(m_path);
}

}  // namespace logpipe::logtail
