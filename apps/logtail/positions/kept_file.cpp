#include "kept_file.hpp"

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/read_at.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace logpipe::logtail {
namespace {

follow::kept_generation identified(const follow::file_status& status, const std::string& source) {
  follow::kept_generation kept;
  kept.source = source;
  kept.inode = status.id.inode;
  kept.birth = status.id.birth;
  kept.size = status.size;
  return kept;
}

void add_head(follow::kept_generation& to, int descriptor, const std::string& path) {
  std::array<char, follow::fingerprint::capacity> bytes{};
  const ssize_t size = follow::read_at(descriptor, bytes.data(), bytes.size(), 0);
  if (size < 0) throw_errno(path);
  const std::string_view head(bytes.data(), static_cast<std::size_t>(size));
  to.head.extend(head);
  to.alike = follow::all_lines_alike(head);
}

}  // namespace

fd open_file(const std::string& path) {
  return fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
}

follow::kept_generation keep_from(int descriptor, const std::string& path,
                                  const std::string& source, std::uint64_t offset) {
  const auto status = follow::status_of(descriptor);
  auto kept = identified(status, source);
  // A link's target is what rotates, so its name is the one to look for.
  kept.name = follow::current_name(descriptor);
  if (kept.name.empty()) kept.name = path;
  add_head(kept, descriptor, path);
  kept.read = follow::bookmark_at(descriptor, offset);
  kept.sent = offset;
  kept.size = std::max(status.size, offset);
  return kept;
}

std::optional<follow::kept_generation> keep_left_out(const std::string& path,
                                                     const std::string& source) {
  const auto status = follow::status_of(path);
  if (!status || !S_ISREG(status->mode)) return std::nullopt;
  auto kept = identified(*status, source);
  kept.name = std::filesystem::absolute(path).lexically_normal();
  kept.what = follow::kept_generation::state::left_out;
  if (const fd file = open_file(path)) add_head(kept, file.get(), path);
  return kept;
}

}  // namespace logpipe::logtail
