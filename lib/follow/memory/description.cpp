#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/description.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace logpipe::follow {

kept_generation describe(const generation& file, std::string log, const std::string& name) {
  kept_generation made;
  made.source = std::move(log);
  made.name = name.empty() ? made.source : full_path(name);
  made.inode = file.id().inode;
  made.birth = file.id().birth;
  made.head = file.head();
  made.sent = made.size = made.file_size = file.offset();
  if (file.is_open()) {
    std::array<char, fingerprint::capacity> head{};
    const ssize_t n = read_at(file.descriptor(), head.data(), made.head.size(), 0);
    made.alike = all_lines_alike({head.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))});
  }
  return made;
}

std::string full_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal();
}

}  // namespace logpipe::follow
