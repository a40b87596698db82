#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/description.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

namespace logpipe::follow {

namespace {

/// The file may hold more than has been read of it; or something else, when it was cut.
void add_head(kept_generation& to, int descriptor) {
  std::array<char, fingerprint::capacity> bytes{};
  const ssize_t n = read_at(descriptor, bytes.data(), bytes.size(), 0);
  const std::string_view head(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  if (to.head.size() != 0 && !to.head.matches(head)) return;
  to.head = {};
  to.head.extend(head);
  to.alike = has_alike_lines(head);
}

}  // namespace

bool has_alike_lines(std::string_view head) noexcept {
  const bool is_one_line = head.find('\n') >= head.size() - std::min<std::size_t>(head.size(), 1);
  return !is_one_line && all_lines_alike(head);
}

kept_generation describe(const generation& file, std::string log, const std::string& name) {
  kept_generation made;
  made.source = std::move(log);
  made.name = name.empty() ? made.source : full_path(name);
  made.inode = file.id().inode;
  made.birth = file.id().birth;
  made.head = file.head();
  made.sent = made.size = made.file_size = file.offset();
  if (file.is_open()) add_head(made, file.descriptor());
  return made;
}

std::string full_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal();
}

}  // namespace logpipe::follow
