#include <logpipe/follow/file/generation.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/lines/splitter.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace logpipe::follow {

generation::generation(generation_id number, fd file, std::uint64_t offset)
    : m_number(number),
      m_file(std::move(file)),
      m_id(status_of(m_file.get()).id),
      m_offset(offset),
      m_seen(offset) {
  // A file cut since it was measured leaves bytes that do not match: it is begun again.
  std::array<char, fingerprint::capacity> bytes{};
  std::size_t size = std::min<std::uint64_t>(offset, bytes.size());
  if (read_at(m_file.get(), bytes.data(), size, 0) < 0) throw_errno("cannot read");
  m_fingerprint.extend({bytes.data(), size});
  size = std::min(size, guard::capacity);
  if (read_at(m_file.get(), bytes.data(), size, offset - size) < 0) throw_errno("cannot read");
  m_guard.remember(bytes.data() + size, size);
}

void generation::begin_at(std::uint64_t offset) {
  generation again(m_number, std::move(m_file), offset);
  again.limit(m_limit, m_finish_line);
  *this = std::move(again);
}

void generation::begin_again(generation_id number) noexcept {
  m_number = number;
  m_offset = m_seen = 0;
  m_guard.clear();
  m_fingerprint = {};
  m_line_end.reset();
  m_in_line = m_drained = false;
}

void generation::limit(std::uint64_t size, bool finish_line) noexcept {
  m_limit = size;
  m_finish_line = finish_line;
}

/// How much to read from `from` on: up to the limit, and behind it only for the line across it.
std::size_t generation::wanted(std::uint64_t from, std::size_t room) const noexcept {
  if (m_seen < m_limit) return std::min<std::uint64_t>(room, m_limit - from);
  const bool line_across = finishes_line() || (m_finish_line && m_offset < m_limit);
  return line_across ? room : static_cast<std::size_t>(m_seen - from);
}

/// Whether the file still begins as it did. The guard alone does not tell a file that was rewritten
/// when many of its bytes are alike.
generation::outcome generation::check_head() {
  if (m_fingerprint.size() == 0) return outcome::lines;
  std::array<char, fingerprint::capacity> head;
  const ssize_t n = read_at(m_file.get(), head.data(), m_fingerprint.size(), 0);
  if (n < 0) {
    m_error = errno;
    return outcome::failed;
  }
  const bool same = m_fingerprint.matches({head.data(), static_cast<std::size_t>(n)});
  return same ? outcome::lines : outcome::truncated;
}

/// `end`, in `in`, is as far as the file has been searched.
void generation::saw(const piece& in, const char* end) {
  m_seen = in.offset + static_cast<std::uint64_t>(end - in.data);
  m_guard.remember(end, static_cast<std::size_t>(end - in.data));
  if (m_fingerprint.size() < std::min<std::uint64_t>(m_seen, fingerprint::capacity)) {
    const char* begin = in.at(m_fingerprint.size());
    m_fingerprint.extend({begin, static_cast<std::size_t>(end - begin)});
  }
}

generation::outcome generation::fetch(piece& to, std::size_t size) {
  const ssize_t n = read_at(m_file.get(), to.data, size, to.offset);
  if (n < 0) {
    m_error = errno;
    return outcome::failed;
  }
  to.size = static_cast<std::size_t>(n);
  const auto known = static_cast<std::size_t>(m_seen - to.offset);
  if (to.size < known || !m_guard.matches(to.data + known)) return outcome::truncated;
  m_drained = to.size < size || to.size == known;
  return to.size == known ? outcome::at_end : outcome::lines;
}

generation::outcome generation::read(chunk& out, block_store& blocks, const framing& how,
                                     const too_long_observer& too_long) {
  if (m_drained) {  // time has passed since the last read, and the file may be another
    const outcome head = check_head();
    if (head != outcome::lines) return head;
  }
  const bool is_cut = how.longer == long_lines::cut && how.is_long(rest());
  if (m_line_end || is_cut) return give_piece(out, how);

  const std::uint64_t guarded = m_seen - m_guard.size();
  // Reading a long unfinished line again and again would take quadratic time: only its new bytes
  // are searched, and it is read when its end is found, or as much as makes a piece.
  const bool long_line = rest() > blocks.size() / 4;
  piece in{.data = blocks.scratch(), .offset = long_line ? guarded : std::min(m_offset, guarded)};
  const outcome fetched = fetch(in, wanted(in.offset, blocks.room()));
  if (fetched != outcome::lines) return fetched;

  out.lines.clear();
  const outcome found =
      long_line ? search_long_line(in, out, how, too_long) : split(in, out, blocks, how, too_long);
  if (how.longer == long_lines::cut && how.is_long(rest())) {
    m_drained = false;
    return found == outcome::at_end ? outcome::more : found;
  }
  return found;
}

generation::outcome generation::split(const piece& in, chunk& out, block_store& blocks,
                                      const framing& how, const too_long_observer& too_long) {
  const char* end = in.end();
  if (m_seen >= m_limit) {  // only the line across the limit is left
    const char* from = how.end.search_from(in.at(m_offset), in.at(m_seen));
    if (const char* found = how.end.find(from, end)) end = found + how.end.size();
  }
  const auto offset_of = [&](const char* place) {
    return in.offset + static_cast<std::uint64_t>(place - in.data);
  };
  split_end stop = split_lines(how, in.at(m_offset), in.at(m_seen), end, out.lines);
  while (stop.long_line_end != nullptr && how.longer == long_lines::pass_over) {
    too_long(offset_of(stop.rest), static_cast<std::uint64_t>(stop.long_line_end - stop.rest));
    stop = split_lines(how, stop.behind_long_line, stop.behind_long_line, end, out.lines);
  }
  const std::uint64_t begin = std::exchange(m_offset, offset_of(stop.rest));
  if (m_offset != begin) m_in_line = false;
  if (stop.long_line_end != nullptr) {
    saw(in, stop.behind_long_line);
    m_line_end = offset_of(stop.long_line_end);
    m_drained = false;
    if (out.lines.empty()) return give_piece(out, how);
  } else {
    saw(in, end);
    if (is_past_limit()) m_drained = true;
    if (out.lines.empty()) return m_drained ? outcome::at_end : outcome::more;
  }
  out.generation = m_number;
  out.inode = m_id.inode;
  out.begin = begin;
  out.end = m_offset;
  out.before_end = print_of({in.data, stop.rest});
  out.partial = false;
  blocks.give(out, in.at(begin), stop.rest, in.offset);
  return outcome::lines;
}

generation::outcome generation::search_long_line(const piece& in, chunk& out, const framing& how,
                                                 const too_long_observer& too_long) {
  const char* line = in.at(std::max(m_offset, in.offset));
  const char* found = how.end.find(how.end.search_from(line, in.at(m_seen)), in.end());
  if (found == nullptr) {
    saw(in, in.end());
    return m_drained ? outcome::at_end : outcome::more;
  }
  const char* content_end = how.end.content_end(line, found);
  saw(in, found + how.end.size());
  m_drained = false;
  m_line_end = in.offset + static_cast<std::uint64_t>(content_end - in.data);
  if (how.longer == long_lines::cut || *m_line_end - m_offset <= how.max_line) {
    return give_piece(out, how);
  }
  too_long(m_offset, *m_line_end - m_offset);
  m_line_end.reset();
  m_offset = m_seen;
  return outcome::more;
}

/// Gives the line at m_offset, or its next piece where it is longer than a line may be.
generation::outcome generation::give_piece(chunk& out, const framing& how) {
  const std::uint64_t left = m_line_end.value_or(m_seen) - m_offset;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, how.max_line));
  const bool is_last = m_line_end && size == left;
  const std::uint64_t end = is_last ? m_seen : m_offset + size;  // with the line end
  const auto covered = static_cast<std::size_t>(end - m_offset);
  auto memory = std::make_shared_for_overwrite<char[]>(std::max<std::size_t>(covered, 1));
  const ssize_t n = read_at(m_file.get(), memory.get(), covered, m_offset);
  if (n < 0) {
    m_error = errno;
    return outcome::failed;
  }
  // Its bytes may have been rewritten where the guard does not see it.
  if (static_cast<std::size_t>(n) < covered) return outcome::truncated;
  if (how.end.find(memory.get(), memory.get() + size) != nullptr) return outcome::truncated;
  std::array<char, guard_print::capacity> bytes{};
  const std::size_t guarded = std::min<std::uint64_t>(end, bytes.size());
  if (read_at(m_file.get(), bytes.data(), guarded, end - guarded) < 0) {
    m_error = errno;
    return outcome::failed;
  }
  const guard_print before_end = print_of({bytes.data(), guarded});

  out.lines.assign(1, {memory.get(), size});
  out.memory = std::move(memory);
  out.generation = m_number;
  out.inode = m_id.inode;
  out.base = out.begin = m_offset;
  out.end = m_offset = end;
  out.before_end = before_end;
  out.partial = m_in_line = !is_last;
  if (is_last) m_line_end.reset();
  m_drained = false;
  return outcome::lines;
}

generation::outcome generation::read_rest(chunk& out, const framing& how,
                                          const too_long_observer& too_long) {
  if (rest() == 0) return outcome::at_end;
  if (how.longer == long_lines::pass_over && rest() > how.max_line) {
    too_long(m_offset, rest());
    m_offset = m_seen;
    return outcome::at_end;
  }
  m_line_end = m_seen;
  const outcome given = give_piece(out, how);
  if (given == outcome::failed) m_line_end.reset();  // it may still grow until it can be read
  return given;
}

}  // namespace logpipe::follow
