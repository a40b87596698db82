#include <logpipe/follow/file/find_file.hpp>

#include <fcntl.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace logpipe::follow {

namespace {

fd open_if_same(const std::string& path, const identity& file) {
  const auto status = status_of(path);
  if (!status || status->id != file) return {};
  fd opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!opened && errno != ENOENT) throw_errno(path);
  if (opened && status_of(opened.get()).id != file) return {};  // replaced just now
  return opened;
}

}  // namespace

fd open_again(const std::string& path, const identity& file) {
  if (fd found = open_if_same(path, file)) return found;
  std::filesystem::path directory = std::filesystem::path(path).parent_path();
  if (directory.empty()) directory = ".";
  std::error_code unlistable;
  for (std::filesystem::directory_iterator at(directory, unlistable), end; !unlistable && at != end;
       at.increment(unlistable)) {
    if (fd found = open_if_same(at->path(), file)) return found;
  }
  return {};
}

}  // namespace logpipe::follow
