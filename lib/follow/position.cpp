#include <logpipe/follow/position.hpp>
#include <logpipe/follow/read_at.hpp>

#include <array>

namespace logpipe::follow {

bool stands_at(int descriptor, const position& where) {
  std::array<char, guard::capacity> bytes{};
  const std::size_t size = where.before.size();
  const ssize_t n = read_at(descriptor, bytes.data(), size, where.offset - size);
  return n == static_cast<ssize_t>(size) && where.before.matches(bytes.data() + size);
}

}  // namespace logpipe::follow
