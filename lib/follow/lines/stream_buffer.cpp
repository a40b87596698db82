#include <logpipe/follow/file/block_store.hpp>
#include <logpipe/follow/lines/splitter.hpp>
#include <logpipe/follow/lines/stream_buffer.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace logpipe::follow {

stream_buffer::stream_buffer(std::size_t block_size, const framing& how, std::uint64_t offset,
                             std::string_view before)
    : stream_buffer(block_size, how) {
  before = before.substr(before.size() - std::min(before.size(), guard_print::capacity));
  move_rest(capacity_for_rest());
  before.copy(m_block.get(), before.size());
  m_line = m_searched = m_used = before.size();
  m_base = offset - before.size();
}

/// So many bytes before the unfinished line are kept for the print of what stands before the next
/// chunk's end: a short chunk does not hold them all.
std::size_t stream_buffer::before_line() const noexcept {
  return std::min(m_line, guard_print::capacity);
}

/// Twice what is kept at least, so that a long line is copied a few times at most.
std::size_t stream_buffer::capacity_for_rest() const noexcept {
  return guard_print::capacity + std::max(m_block_size, 2 * rest());
}

/// Takes what has not been given to a block of `capacity` bytes, or to the front of its own.
void stream_buffer::move_rest(std::size_t capacity) {
  const std::size_t before = before_line();
  const std::size_t first = m_line - before;
  const std::size_t kept = before + rest();
  if (!m_block || capacity != m_capacity) {
    auto block = std::make_shared_for_overwrite<char[]>(capacity);
    if (kept != 0) std::memcpy(block.get(), m_block.get() + first, kept);
    m_block = std::move(block);
    m_capacity = capacity;
  } else if (first != 0) {
    std::memmove(m_block.get(), m_block.get() + first, kept);
  }
  m_base += first;
  m_searched -= first;
  if (m_line_end) *m_line_end -= first;
  m_line = before;
  m_used = kept;
}

stream_buffer::space stream_buffer::room() {
  if (!m_block) move_rest(capacity_for_rest());
  if (m_used == m_capacity) {
    if (m_how->longer == long_lines::pass_over && m_how->is_long(m_passed_over + rest())) {
      // The last bytes may be the beginning of its end.
      const std::size_t kept = std::min(rest(), m_how->end.most_begun());
      m_passed_over += rest() - kept;
      m_line = m_used - kept;
    }
    move_rest(capacity_for_rest());
  }
  return {m_block.get() + m_used, m_capacity - m_used};
}

/// Whether what has been searched of the unfinished line makes a piece.
bool stream_buffer::is_cut() const noexcept {
  return m_how->longer == long_lines::cut && m_how->is_long(m_searched - m_line);
}

bool stream_buffer::take(chunk& out, const too_long_observer& too_long) {
  if (m_line_end || is_cut()) return give_piece(out);
  if (m_searched == m_used) return false;
  if (m_passed_over != 0 && !search_end_to_pass_over(too_long)) return false;
  return split(out, too_long);
}

/// Looks for the end of the line whose beginning was dropped. True when it has been passed over.
bool stream_buffer::search_end_to_pass_over(const too_long_observer& too_long) {
  const char* line = m_block.get() + m_line;
  const char* end = m_block.get() + m_used;
  const char* found =
      m_how->end.find(m_how->end.search_from(line, m_block.get() + m_searched), end);
  m_searched = m_used;
  if (found == nullptr) return false;
  const std::uint64_t begin = offset_of(m_line) - std::exchange(m_passed_over, 0);
  too_long(begin, offset_of(m_how->end.content_end(line, found)) - begin);
  m_line = m_searched = static_cast<std::size_t>(found - m_block.get()) + m_how->end.size();
  return true;
}

bool stream_buffer::split(chunk& out, const too_long_observer& too_long) {
  const char* block = m_block.get();
  const char* end = block + m_used;
  out.lines.clear();
  split_end stop = split_lines(*m_how, block + m_line, block + m_searched, end, out.lines);
  while (stop.long_line_end != nullptr && m_how->longer == long_lines::pass_over) {
    too_long(offset_of(stop.rest), static_cast<std::uint64_t>(stop.long_line_end - stop.rest));
    stop = split_lines(*m_how, stop.behind_long_line, stop.behind_long_line, end, out.lines);
  }
  m_searched = m_used;
  const auto rest_begin = static_cast<std::size_t>(stop.rest - block);
  if (stop.long_line_end != nullptr) {
    m_searched = static_cast<std::size_t>(stop.behind_long_line - block);
    m_line_end = static_cast<std::size_t>(stop.long_line_end - block);
  }
  if (!out.lines.empty()) {
    out.partial = false;
    give_lines(out, rest_begin);
    return true;
  }
  m_line = rest_begin;
  return (m_line_end || is_cut()) && give_piece(out);
}

/// Gives the line at m_line, or its next piece where it is longer than a line may be.
bool stream_buffer::give_piece(chunk& out) {
  const std::size_t left = m_line_end.value_or(m_searched) - m_line;
  const std::size_t size = std::min(left, m_how->max_line);
  const bool is_last = m_line_end && size == left;
  const std::size_t end = is_last ? m_searched : m_line + size;
  if (is_last) m_line_end.reset();
  out.lines.assign(1, std::string_view(m_block.get() + m_line, size));
  out.partial = !is_last;
  give_lines(out, end);
  return true;
}

/// The chunk's lines reach from m_line to `end`, and get memory of their own.
void stream_buffer::give_lines(chunk& out, std::size_t end) {
  const char* first = m_block.get() + m_line;
  const std::size_t size = end - m_line;
  out.begin = offset_of(m_line);
  out.end = offset_of(end);
  out.before_end = print_of({m_block.get(), end});
  m_line = end;
  if (size < m_capacity / 4) {
    copy_lines(out, first, first + size, out.begin);
  } else {
    out.base = m_base;
    out.memory = m_block;
    m_capacity = 0;  // it is the chunk's now
    move_rest(capacity_for_rest());
  }
}

bool stream_buffer::take_rest(chunk& out, const too_long_observer& too_long) {
  if (m_line_end) return give_piece(out);
  const std::uint64_t size = m_passed_over + rest();
  if (size == 0) return false;
  if (m_how->longer == long_lines::pass_over && size > m_how->max_line) {
    too_long(offset_of(m_line) - std::exchange(m_passed_over, 0), size);
    m_line = m_used;
    return false;
  }
  m_line_end = m_searched = m_used;
  return give_piece(out);
}

}  // namespace logpipe::follow
