#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/identity.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>

namespace logpipe::follow {

namespace {

std::int64_t nanoseconds(const statx_timestamp& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

file_status to_status(const struct statx& raw) {
  const bool has_birth = (raw.stx_mask & STATX_BTIME) != 0;
  return {.id = {.device = makedev(raw.stx_dev_major, raw.stx_dev_minor),
                 .inode = raw.stx_ino,
                 .birth = has_birth ? nanoseconds(raw.stx_btime) : 0},
          .size = raw.stx_size,
          .modified = nanoseconds(raw.stx_mtime),
          .mode = raw.stx_mode,
          .links = raw.stx_nlink};
}

constexpr unsigned wanted = STATX_BASIC_STATS | STATX_BTIME;

std::string link_of(int descriptor) {
  return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

file_status status_of(int descriptor) {
  struct statx raw {};
  if (::statx(descriptor, "", AT_EMPTY_PATH, wanted, &raw) != 0) {
    throw_errno("cannot stat an open file");
  }
  return to_status(raw);
}

std::optional<file_status> status_of(const std::string& path) {
  struct statx raw {};
  if (::statx(AT_FDCWD, path.c_str(), 0, wanted, &raw) == 0) return to_status(raw);
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw_errno(path);
}

std::int64_t file_time_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::nanoseconds(now).count();
}

std::string current_name(int descriptor) {
  std::array<char, 4096> text{};
  const ssize_t size = ::readlink(link_of(descriptor).c_str(), text.data(), text.size());
  if (size <= 0) return {};
  const std::string_view name(text.data(), static_cast<std::size_t>(size));
  // The kernel marks the name of a deleted file; a living file may well be called so.
  if (name.ends_with(" (deleted)") && status_of(descriptor).links == 0) return {};
  return std::string(name);
}

}  // namespace logpipe::follow
