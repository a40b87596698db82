#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace logpipe::follow {

namespace {

void set_head(kept_generation& of, std::string_view head) {
  of.head = {};
  of.head.extend(head);
  of.alike = has_alike_lines(head);
}

/// The file may hold more than has been read of it; or something else, when it was cut.
void add_head(kept_generation& to, int descriptor) {
  std::array<char, fingerprint::capacity> bytes{};
  const ssize_t n = read_at(descriptor, bytes.data(), bytes.size(), 0);
  const std::string_view head(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  if (to.head.size() != 0 && !to.head.matches(head)) return;
  set_head(to, head);
}

}  // namespace

void identify(kept_generation& what, const identity& file, std::string_view head) {
  what.inode = file.inode;
  what.birth = file.birth;
  set_head(what, head);
}

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

}  // namespace logpipe::follow
