#pragma once

#include <logpipe/follow/file/bookmark.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace logpipe::follow {

/// The last bytes before a place in a file. When they stand there no more, the file was rewritten,
/// even if it is longer now than it was.
class guard {
public:
  static constexpr std::size_t capacity = guard_print::capacity;

  std::size_t size() const noexcept { return m_size; }
  void clear() noexcept { m_size = 0; }
  std::string_view bytes() const noexcept { return {m_bytes.data(), m_size}; }
  /// Remembers the last of the `size` bytes before `place`.
  void remember(const char* place, std::size_t size) noexcept {
    m_size = std::min(size, capacity);
    std::memcpy(m_bytes.data(), place - m_size, m_size);
  }
  guard_print print() const noexcept { return print_of({m_bytes.data(), m_size}); }
  /// Whether the bytes before `place`, at least size() of them, are the remembered ones.
  bool matches(const char* place) const noexcept {
    return std::memcmp(m_bytes.data(), place - m_size, m_size) == 0;
  }

private:
  std::size_t m_size = 0;
  std::array<char, capacity> m_bytes{};
};

}  // namespace logpipe::follow
