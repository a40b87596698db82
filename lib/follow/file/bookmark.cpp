#include <logpipe/base/fd.hpp>
#include <logpipe/base/hash.hpp>
#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/read_at.hpp>

#include <algorithm>
#include <array>

namespace logpipe::follow {

guard_print print_of(std::string_view text) noexcept {
  const std::size_t size = std::min(text.size(), guard_print::capacity);
  return {.size = static_cast<std::uint32_t>(size), .hash = fnv1a(text.substr(text.size() - size))};
}

bookmark bookmark_at(int descriptor, std::uint64_t offset) {
  std::array<char, guard_print::capacity> bytes{};
  const std::size_t size = std::min<std::uint64_t>(offset, bytes.size());
  const ssize_t n = read_at(descriptor, bytes.data(), size, offset - size);
  if (n < 0) throw_errno("cannot read");
  return {.offset = offset, .before = print_of({bytes.data(), static_cast<std::size_t>(n)})};
}

bool stands_at(int descriptor, const bookmark& place) {
  std::array<char, guard_print::capacity> bytes{};
  const std::size_t size = place.before.size;
  if (size > bytes.size() || size > place.offset) return false;
  const ssize_t n = read_at(descriptor, bytes.data(), size, place.offset - size);
  return n == static_cast<ssize_t>(size) && print_of({bytes.data(), size}) == place.before;
}

}  // namespace logpipe::follow
