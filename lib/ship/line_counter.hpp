#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstdint>
#include <optional>

namespace logpipe::ship {

/// Numbers the lines of one source as an editor shows them: from 1, anew for each file. A file that
/// was not read from its first line has no numbers, nor have lines behind one that was passed over.
class line_counter {
public:
  /// Before the lines of a chunk are counted.
  void enter(const follow::chunk& chunk) noexcept {
    if (m_generation == chunk.generation && m_counted) return;
    m_generation = chunk.generation;
    m_counted = chunk.begin == 0 ? std::optional<std::uint64_t>(0) : std::nullopt;
    m_end = chunk.begin;
  }

  /// The number of the line of `size` bytes at `offset`; each line is to be counted.
  std::optional<std::uint64_t> count(std::uint64_t offset, std::uint64_t size) noexcept {
    constexpr std::uint64_t longest_line_end = 2;
    if (offset - m_end > longest_line_end) m_counted.reset();
    m_end = offset + size;
    if (m_counted) ++*m_counted;
    return m_counted;
  }

private:
  follow::generation_id m_generation = 0;
  std::optional<std::uint64_t> m_counted;
  std::uint64_t m_end = 0;
};

}  // namespace logpipe::ship
