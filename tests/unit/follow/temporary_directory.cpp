#include "temporary_directory.hpp"

#include <logpipe/base/output.hpp>

#include <fcntl.h>
#include <stdlib.h>

#include <system_error>

namespace logpipe::follow::testing {

namespace fs = std::filesystem;

namespace {

fd open_file(const std::string& path, int how) {
  fd file(::open(path.c_str(), how | O_CLOEXEC, 0644));
  if (!file) throw_errno(path);
  return file;
}

}  // namespace

temporary_directory::temporary_directory() {
  std::string pattern = fs::temp_directory_path() / "follow-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw_errno(pattern);
  m_directory = pattern;
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  fs::remove_all(m_directory, ignored);
}

void temporary_directory::append(std::string_view text, const std::string& name) {
  write_all(open_file(path(name), O_WRONLY | O_CREAT | O_APPEND).get(), text, name);
}

void temporary_directory::rewrite(std::string_view text, const std::string& name) {
  write_all(open_file(path(name), O_WRONLY | O_CREAT | O_TRUNC).get(), text, name);
}

void temporary_directory::rename(const std::string& from, const std::string& to) {
  fs::rename(path(from), path(to));
}

void temporary_directory::remove(const std::string& name) {
  fs::remove(path(name));
}

fd temporary_directory::open(const std::string& name) const {
  return open_file(path(name), O_RDONLY);
}

}  // namespace logpipe::follow::testing
