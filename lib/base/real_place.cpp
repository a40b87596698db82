#include <logpipe/base/fd.hpp>
#include <logpipe/base/real_place.hpp>

#include <filesystem>
#include <system_error>

namespace logpipe {

namespace fs = std::filesystem;

std::string real_place(const std::string& path) {
  constexpr int most_links = 40;  // as the kernel has it
  std::error_code failed;
  fs::path at = fs::absolute(path);
  for (int links = 0; links < most_links && fs::is_symlink(at, failed); ++links) {
    at = at.parent_path() / fs::read_symlink(at, failed);
  }
  const fs::path directory = fs::canonical(at.parent_path(), failed);
  if (failed) throw_errno(failed.value(), path);
  return directory / at.filename();
}

}  // namespace logpipe
