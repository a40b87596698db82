#include <logpipe/follow/block_store.hpp>
#include <logpipe/follow/splitter.hpp>
#include <logpipe/follow/stream_buffer.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace logpipe::follow {

/// Twice what is kept at least, so that a long line is copied a few times at most.
std::size_t stream_buffer::capacity_for_rest() const noexcept {
  return std::max(m_block_size, 2 * (m_used - m_line));
}

/// Takes the unfinished line to a block of `capacity` bytes, or to the front of its own.
void stream_buffer::move_rest(std::size_t capacity) {
  const std::size_t rest = m_used - m_line;
  if (!m_block || capacity != m_capacity) {
    auto block = std::make_shared_for_overwrite<char[]>(capacity);
    if (rest != 0) std::memcpy(block.get(), m_block.get() + m_line, rest);
    m_block = std::move(block);
    m_capacity = capacity;
  } else if (m_line != 0) {
    std::memmove(m_block.get(), m_block.get() + m_line, rest);
  }
  m_base += m_line;
  m_line = 0;
  m_used = rest;
}

stream_buffer::space stream_buffer::room() {
  if (!m_block) move_rest(m_block_size);
  if (m_used == m_capacity) {
    const std::size_t rest = m_used - m_line;
    if (rest > m_max_line + 1) {  // one more for a '\r' that does not count
      m_passed_over += rest;
      m_line = m_used;
    }
    move_rest(capacity_for_rest());
  }
  return {m_block.get() + m_used, m_capacity - m_used};
}

bool stream_buffer::added(std::size_t size, chunk& out, const too_long_observer& too_long) {
  const char* block = m_block.get();
  out.lines.clear();
  std::size_t search = m_used;
  m_used += size;
  if (m_passed_over != 0) {
    const auto* line_end = static_cast<const char*>(std::memchr(block + search, '\n', size));
    if (line_end == nullptr) return false;
    const auto end = static_cast<std::size_t>(line_end - block);
    const std::uint64_t begin = offset_of(m_line) - m_passed_over;
    too_long(begin, offset_of(end) - begin);
    m_passed_over = 0;
    m_line = search = end + 1;
  }
  const char* first = block + m_line;
  const char* rest = split_lines(
      first, block + search, block + m_used, m_max_line, out.lines, [&](std::string_view line) {
        too_long(offset_of(static_cast<std::size_t>(line.data() - block)), line.size());
      });
  out.begin = offset_of(m_line);
  m_line = static_cast<std::size_t>(rest - block);
  out.end = offset_of(m_line);
  if (out.lines.empty()) return false;

  if (static_cast<std::size_t>(rest - first) < m_capacity / 4) {
    copy_lines(out, first, rest, out.begin);
  } else {
    out.base = m_base;
    out.memory = m_block;
    m_capacity = 0;  // it is the chunk's now
    move_rest(capacity_for_rest());
  }
  return true;
}

bool stream_buffer::take_rest(chunk& out, const too_long_observer& too_long) {
  const std::size_t rest = m_used - m_line;
  const std::uint64_t size = std::exchange(m_passed_over, 0) + rest;
  if (size == 0) return false;
  const char* first = m_block.get() + m_line;
  out.end = offset_of(m_used);
  out.begin = out.end - size;
  m_line = m_used;
  if (size > m_max_line) {
    too_long(out.begin, size);
    return false;
  }
  out.lines.assign(1, std::string_view(first, rest));
  copy_lines(out, first, first + rest, out.begin);
  return true;
}

}  // namespace logpipe::follow
