#include "faults.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <string_view>

using logpipe::follow::testing::faults;

namespace {

faults* active = nullptr;  // a wrapped call has no other way to it

/// Whether this read is to fail; errno is set then.
bool read_fails() {
  if (active == nullptr) return false;
  ++active->reads;
  if (active->interrupt && active->reads % 2 == 1) {
    errno = EINTR;
    return true;
  }
  if (active->read_error == 0) return false;
  if (active->reads_before != 0) {
    --active->reads_before;
    return false;
  }
  if (active->read_errors == 0) return false;
  if (active->read_errors != faults::for_ever) --active->read_errors;
  errno = active->read_error;
  return true;
}

std::size_t at_most(std::size_t size) {
  return active == nullptr ? size : std::min(size, active->most_bytes);
}

bool is_fifo(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 && S_ISFIFO(status.st_mode);
}

bool fails(int error) {
  if (error != 0) errno = error;
  return error != 0;
}

bool events_fail() {
  if (active == nullptr) return false;
  ++active->event_reads;
  return fails(active->events_error);
}

bool watch_fails() {
  if (active == nullptr || active->watch_error == 0) return false;
  if (active->watches_before == 0) return fails(active->watch_error);
  --active->watches_before;
  return false;
}

}  // namespace

faults::faults() {
  active = this;
}

faults::~faults() {
  active = nullptr;
}

// The names are those that ld's --wrap asks for.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming)
extern "C" {
ssize_t __real_pread(int file, void* to, size_t size, off_t offset);
ssize_t __real_read(int file, void* to, size_t size);
int __real_open(const char* path, int flags, ...);
dirent* __real_readdir(DIR* directory);
int __real_inotify_init1(int flags);
int __real_inotify_add_watch(int file, const char* path, uint32_t what);

ssize_t __wrap_pread(int file, void* to, size_t size, off_t offset) {
  return read_fails() ? -1 : __real_pread(file, to, at_most(size), offset);
}

ssize_t __wrap_read(int file, void* to, size_t size) {
  if (!is_fifo(file)) {  // it is inotify's, which gives whole events or none
    return events_fail() ? -1 : __real_read(file, to, size);
  }
  return read_fails() ? -1 : __real_read(file, to, at_most(size));
}

int __wrap_open(const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const auto mode = va_arg(more, mode_t);
  va_end(more);
  const bool to_read = (flags & 3) == 0;
  if (active != nullptr && to_read) ++active->opens;
  if (active != nullptr && to_read && std::string_view(path).ends_with(active->unopenable) &&
      fails(active->open_error)) {
    return -1;
  }
  return __real_open(path, flags, mode);
}

dirent* __wrap_readdir(DIR* directory) {
  dirent* const next = __real_readdir(directory);
  if (next == nullptr && active != nullptr) {
    ++active->listings;
    if (active->when_listed) active->when_listed();
  }
  return next;
}

int __wrap_inotify_init1(int flags) {
  if (active != nullptr && fails(active->inotify_error)) return -1;
  return __real_inotify_init1(flags);
}

int __wrap_inotify_add_watch(int file, const char* path, uint32_t what) {
  if (watch_fails()) return -1;
  return __real_inotify_add_watch(file, path, what);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming)
