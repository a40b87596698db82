#include "metrics_file.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/base/output.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <system_error>
#include <utility>

namespace logpipe::logtail {

metrics_file::metrics_file(std::string path, app::messages& out)
    : m_path(std::move(path)), m_out(out) {
  struct stat there {};
  // A rename would put a file in the place of a device: /dev/null would be none any more.
  if (::stat(m_path.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
    throw app::usage_error(fmt::format("--metrics: {}: is no regular file", m_path));
  }
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
  const std::string temporary = temporary_path();
  ::unlink(temporary.c_str());  // of a run that was killed
  const fd file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file || ::fchmod(file.get(), 0644) != 0) throw_errno(temporary);
  write_all(file.get(), text, temporary);
  if (::rename(temporary.c_str(), m_path.c_str()) != 0) throw_errno(m_path);
}

}  // namespace logpipe::logtail
