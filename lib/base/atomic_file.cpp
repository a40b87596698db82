#include <logpipe/base/atomic_file.hpp>
#include <logpipe/base/durable_rename.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace logpipe {

namespace fs = std::filesystem;

namespace {

constexpr mode_t permissions = 0777;

std::string prefix_of(const std::string& path) {
  const fs::path whole(path);
  return whole.parent_path() / fmt::format(".{}.unfinished-", whole.filename().string());
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) return found;
  return std::nullopt;
}

enum class lock { got, taken, none };

lock try_lock(int file) {
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock::got;
  return errno == EWOULDBLOCK ? lock::taken : lock::none;
}

bool is_file_with_name(int file) {
  struct stat found {};
  return ::fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink > 0;
}

/// Nobody writes to a file of which we get the lock.
void remove_if_left(const std::string& path) {
  const fd file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file || try_lock(file.get()) != lock::got) return;
  if (is_file_with_name(file.get())) ::unlink(path.c_str());
}

void remove_left(const std::string& prefix) {
  std::error_code failed;
  std::vector<std::string> found;
  for (fs::directory_iterator each(fs::path(prefix).parent_path(), failed), end;
       !failed && each != end; each.increment(failed)) {
    if (each->path().native().starts_with(prefix)) found.push_back(each->path());
  }
  for (const auto& path : found) {
    remove_if_left(path);
  }
}

/// A disk that is full says so before anything is written, where the file system can tell.
void check_room(int file, const std::string& path) {
  if (::fallocate(file, 0, 0, 1) == 0) {
    if (::ftruncate(file, 0) != 0) throw_errno(path);
  } else if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
    throw_errno(path);
  }
}

}  // namespace

atomic_file::atomic_file(std::string path) : m_path(std::move(path)) {
  remove_left(prefix_of(m_path));
  const auto before = status_of(m_path);
  const mode_t mode = before ? before->st_mode & permissions : 0666;
  for (int number = 0; !make(number, mode); ++number) {
  }
  try {
    if (before) {
      // An ordinary user may not give files away; then it is theirs.
      static_cast<void>(::fchown(m_file.get(), before->st_uid, before->st_gid) == 0);
      if (::fchmod(m_file.get(), mode) != 0) throw_errno(m_path);
    }
    check_room(m_file.get(), m_path);
  } catch (const std::system_error&) {
    ::unlink(m_temporary.c_str());
    throw;
  }
}

atomic_file::~atomic_file() {
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

bool atomic_file::make(int number, unsigned mode) {
  m_temporary = prefix_of(m_path) + std::to_string(::getpid()) + "-" + std::to_string(number);
  m_file = fd(::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!m_file) {
    if (errno == EEXIST) return false;
    throw_errno(m_path);
  }
  // Where there are no locks, nobody removes it either.
  return try_lock(m_file.get()) != lock::taken && is_file_with_name(m_file.get());
}

void atomic_file::put_in_place() {
  rename_durably(m_temporary, m_path, existing::replace);
  m_temporary.clear();
}

}  // namespace logpipe
