#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/names/copy.hpp>
#include <logpipe/follow/names/rotated_name.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace logpipe::follow {

namespace {

/// Whether the two files have the same bytes in [from, to).
bool same_bytes(int one, int other, std::uint64_t from, std::uint64_t to) {
  std::array<char, fingerprint::capacity> first{};
  std::array<char, fingerprint::capacity> second{};
  const auto size = static_cast<std::size_t>(to - from);
  const auto wanted = static_cast<ssize_t>(size);
  return read_at(one, first.data(), size, from) == wanted &&
         read_at(other, second.data(), size, from) == wanted &&
         std::equal(first.begin(), first.begin() + wanted, second.begin());
}

}  // namespace

suspect::suspect(int open_file, bool is_named)
    : descriptor(open_file), size(status_of(open_file).size), named(is_named) {
  head.resize(std::min<std::uint64_t>(size, fingerprint::capacity));
  const ssize_t n = read_at(descriptor, head.data(), head.size(), 0);
  if (n < 0) throw_errno("cannot read");
  head.resize(static_cast<std::size_t>(n));
  print.extend(head);
}

bool suspect::is_telling() const noexcept {
  return named || (print.full() && !all_lines_alike(head));
}

cut_content content_of(const generation& file) {
  return {.head = file.head(), .seen = file.seen_mark(), .offset = file.offset()};
}

bool is_copy(const suspect& file, const cut_content& original) {
  if (!file.is_telling() || file.size < original.seen.offset) return false;
  return original.head.matches(file.head) && stands_at(file.descriptor, original.seen);
}

std::optional<std::uint64_t> copied_bytes(const suspect& file, const generation& original) {
  if (!file.is_telling()) return std::nullopt;
  // Of thousands of logs nearly all end here, without a look at their files.
  if (!file.named && file.print != original.head()) return std::nullopt;
  // The original may have been cut since it was read: what is known of it is compared then.
  if (file.size >= original.seen()) {
    if (!is_copy(file, content_of(original))) return std::nullopt;
    return original.offset();
  }
  const std::uint64_t tail = file.size - std::min<std::uint64_t>(file.size, guard::capacity);
  const int open = original.descriptor();
  if (!same_bytes(file.descriptor, open, 0, file.head.size())) return std::nullopt;
  if (!same_bytes(file.descriptor, open, tail, file.size)) return std::nullopt;
  return 0;
}

fd find_copy(const std::string& path, const cut_content& original,
             const std::function<bool(const identity&)>& is_another) {
  for (const auto& [name, number] : rotated_files(path)) {
    fd file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file) continue;
    try {
      const file_status status = status_of(file.get());
      if (!S_ISREG(status.mode) || is_another(status.id)) continue;
      if (is_copy(suspect(file.get(), true), original)) return file;
    } catch (const std::system_error&) {
      continue;  // what cannot be read is no copy that helps
    }
  }
  return {};
}

}  // namespace logpipe::follow
