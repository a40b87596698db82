#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/generation.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logpipe::follow {

/// The bytes of a stream on their way to lines: what was read can not be read again, so the
/// unfinished rest is kept, at the front of the block that the next bytes go to.
class stream_buffer {
public:
  stream_buffer(std::size_t block_size, std::size_t max_line)
      : m_block_size(block_size), m_max_line(max_line) {}

  /// Room for the next bytes; at least one.
  struct space {
    char* data;
    std::size_t size;
  };
  space room();
  /// `size` bytes were put at room(). True when that finished lines, which `out` then holds.
  bool added(std::size_t size, chunk& out, const too_long_observer& too_long);
  /// Nothing follows: gives what stands behind the last line end, if anything does.
  bool take_rest(chunk& out, const too_long_observer& too_long);

private:
  std::size_t capacity_for_rest() const noexcept;
  void move_rest(std::size_t capacity);
  std::uint64_t offset_of(std::size_t place) const noexcept { return m_base + place; }

  std::size_t m_block_size;
  std::size_t m_max_line;
  std::shared_ptr<char[]> m_block;
  std::size_t m_capacity = 0;
  std::size_t m_line = 0;  ///< where the unfinished line begins
  std::size_t m_used = 0;  ///< its end; it has been searched up to here
  std::uint64_t m_base = 0;
  /// Bytes of the unfinished line that were passed over, because it is too long.
  std::uint64_t m_passed_over = 0;
};

}  // namespace logpipe::follow
