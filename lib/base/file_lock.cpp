#include <logpipe/base/file_lock.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

namespace logpipe {

namespace {

pid_t pid_in(int file) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  pid_t pid = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, pid);
  return pid;
}

/// Whether it can be written or not: the lock is what counts, the pid is for messages.
void write_pid(int file) {
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file, 0) != 0) return;
  static_cast<void>(::pwrite(file, text.data(), text.size(), 0) == 0);
}

}  // namespace

std::variant<file_lock, file_lock::holder> file_lock::try_lock(const std::string& path) {
  fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) throw_errno(path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
    write_pid(file.get());
    return file_lock(std::move(file));
  }
  if (errno != EWOULDBLOCK) throw_errno(path);
  return holder{.pid = pid_in(file.get())};
}

}  // namespace logpipe
