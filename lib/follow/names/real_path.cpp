#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <filesystem>
#include <system_error>

namespace logpipe::follow {

std::string full_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal();
}

std::string real_path(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr int most_links = 40;  // as the kernel has it
  std::error_code failed;
  fs::path at = path;
  for (int links = 0; links < most_links && fs::is_symlink(at, failed); ++links) {
    const fs::path target = fs::read_symlink(at, failed);
    if (failed) return path;
    at = at.parent_path() / target;
  }
  const fs::path directory = fs::canonical(directory_of(at), failed);
  return failed ? path : (directory / at.filename()).native();
}

}  // namespace logpipe::follow
