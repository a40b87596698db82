#include "rejected_file.hpp"

#include "common/exit_code.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace logpipe::logtail {
namespace {

/// Held while a process writes, so that what it has to take back is its own.
class write_lock {
public:
  explicit write_lock(int file) noexcept : m_file(file) {
    while (::flock(m_file, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~write_lock() { ::flock(m_file, LOCK_UN); }
  write_lock(const write_lock&) = delete;
  write_lock& operator=(const write_lock&) = delete;

private:
  int m_file;
};

/// A file that was made is there after a power loss when its directory was synced.
void sync_directory_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const fd directory(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory) ::fsync(directory.get());
}

/// Whether the file's last line has no end: a power loss cut it off.
bool ends_within_a_line(int file, off_t size) {
  char last = '\n';
  return size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

rejected_file::rejected_file(std::string path, app::messages& out)
    : m_path(std::move(path)),
      m_out(out),
      m_file(::open(m_path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600)),
      m_text(4096) {
  if (!m_file) {
    throw app::usage_error(
        fmt::format("--rejected: {}: {}", m_path, std::generic_category().message(errno)));
  }
  sync_directory_of(m_path);
}

bool rejected_file::append(std::span<const record> records) {
  m_text.clear();
  m_text.append('\n');
  for (const record& each : records)
    m_json.append(m_text, each);
  try {
    write_and_sync();
  } catch (const std::system_error& error) {
    if (!m_failing) m_out.error("--rejected: {}; what was refused waits for it", error.what());
    m_failing = true;
    return false;
  }
  if (m_failing) m_out.warning("--rejected: {}: takes what was refused again", m_path);
  m_failing = false;
  return true;
}

/// The newline in front goes along where the file's last line needs it.
void rejected_file::write_and_sync() {
  const write_lock lock(m_file.get());
  struct stat before {};
  if (::fstat(m_file.get(), &before) != 0) throw_errno(m_path);
  const bool regular = S_ISREG(before.st_mode);
  const bool torn = regular && ends_within_a_line(m_file.get(), before.st_size);
  try {
    const auto result = write_all(m_file.get(), m_text.view().substr(torn ? 0 : 1), m_path);
    if (result == write_result::closed) throw_errno(EPIPE, m_path);
    if (regular && ::fdatasync(m_file.get()) != 0) throw_errno(m_path);
  } catch (const std::system_error&) {
    if (regular && ::ftruncate(m_file.get(), before.st_size) != 0) {
      m_out.warning("--rejected: {}: its last line is not whole", m_path);
    }
    throw;
  }
}

}  // namespace logpipe::logtail
