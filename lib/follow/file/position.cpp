#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/position.hpp>
#include <logpipe/follow/file/read_at.hpp>

#include <algorithm>
#include <array>

namespace logpipe::follow {

position position_at(int descriptor, std::uint64_t offset) {
  std::array<char, guard::capacity> bytes{};
  const std::size_t size = std::min<std::uint64_t>(offset, bytes.size());
  const ssize_t n = read_at(descriptor, bytes.data(), size, offset - size);
  if (n < 0) throw_errno("cannot read");
  position there{.offset = offset, .before = {}};
  there.before.remember(bytes.data() + n, static_cast<std::size_t>(n));
  return there;
}

bool stands_at(int descriptor, const position& where) {
  std::array<char, guard::capacity> bytes{};
  const std::size_t size = where.before.size();
  const ssize_t n = read_at(descriptor, bytes.data(), size, where.offset - size);
  return n == static_cast<ssize_t>(size) && where.before.matches(bytes.data() + size);
}

}  // namespace logpipe::follow
