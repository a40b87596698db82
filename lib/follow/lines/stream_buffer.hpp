#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/lines/framing.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace logpipe::follow {

/// The bytes of a stream on their way to lines: what was read can not be read again, so the
/// unfinished rest is kept, at the front of the block that the next bytes go to, with what stands
/// before it (see chunk::before_end). It is never much longer than a line may be.
class stream_buffer {
public:
  /// `how` outlives it; its max_line may become less meanwhile.
  stream_buffer(std::size_t block_size, const framing& how)
      : m_block_size(block_size), m_how(&how) {}
  /// Begins at `offset`, behind the bytes `before`, of which the last guard_print::capacity count.
  stream_buffer(std::size_t block_size, const framing& how, std::uint64_t offset,
                std::string_view before);

  /// Room for the next bytes; at least one. Take all lines before asking for it.
  struct space {
    char* data;
    std::size_t size;
  };
  space room();
  /// `size` bytes were put at room().
  void added(std::size_t size) noexcept { m_used += size; }
  /// Gives the next lines, or the next piece of a long one; false when there are none.
  bool take(chunk& out, const too_long_observer& too_long);
  /// Nothing follows: gives what stands behind the last line end, if anything does, as take() does.
  bool take_rest(chunk& out, const too_long_observer& too_long);
  /// Bytes of the unfinished line that are held.
  std::size_t rest() const noexcept { return m_used - m_line; }
  /// The first byte that was not given in a line or passed over.
  std::uint64_t offset() const noexcept { return offset_of(m_line) - m_passed_over; }

private:
  bool search_end_to_pass_over(const too_long_observer& too_long);
  bool is_cut() const noexcept;
  bool split(chunk& out, const too_long_observer& too_long);
  bool give_piece(chunk& out);
  void give_lines(chunk& out, std::size_t end);
  std::size_t before_line() const noexcept;
  std::size_t capacity_for_rest() const noexcept;
  void move_rest(std::size_t capacity);
  std::uint64_t offset_of(std::size_t place) const noexcept { return m_base + place; }
  std::uint64_t offset_of(const char* place) const noexcept {
    return offset_of(static_cast<std::size_t>(place - m_block.get()));
  }

  std::size_t m_block_size;
  const framing* m_how;
  std::shared_ptr<char[]> m_block;
  std::size_t m_capacity = 0;
  std::size_t m_line = 0;      ///< where the unfinished line begins
  std::size_t m_searched = 0;  ///< up to where its end has been searched for
  std::size_t m_used = 0;      ///< the end of what has been read
  std::uint64_t m_base = 0;    ///< the stream's offset of the block's first byte
  /// Where the content of the long line at m_line ends, when that is known already; m_searched is
  /// behind its line end then.
  std::optional<std::size_t> m_line_end;
  /// Bytes of the unfinished line that were passed over, because it is too long.
  std::uint64_t m_passed_over = 0;
};

}  // namespace logpipe::follow
