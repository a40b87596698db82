#include <logpipe/follow/generation.hpp>
#include <logpipe/follow/read_at.hpp>
#include <logpipe/follow/splitter.hpp>

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

void generation::begin_again(generation_id number) noexcept {
  m_number = number;
  m_offset = m_seen = 0;
  m_guard.clear();
  m_fingerprint = {};
  m_drained = false;
}

void generation::limit(std::uint64_t size, bool finish_line) noexcept {
  m_limit = size;
  m_finish_line = finish_line;
}

/// How much to read from `from` on: up to the limit, and behind it only for the line across it.
std::size_t generation::wanted(std::uint64_t from, std::size_t room) const noexcept {
  if (m_seen < m_limit) return std::min<std::uint64_t>(room, m_limit - from);
  const bool line_across = m_finish_line && m_offset < m_limit;
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

generation::outcome generation::read(chunk& out, block_store& blocks, std::size_t max_line,
                                     const too_long_observer& too_long) {
  if (m_drained) {  // time has passed since the last read, and the file may be another
    const outcome head = check_head();
    if (head != outcome::lines) return head;
  }
  const std::uint64_t guarded = m_seen - m_guard.size();
  // Reading a long unfinished line again and again would take quadratic time: only its new bytes
  // are searched, and it is read as a whole when its end is found.
  const bool long_line = rest() > blocks.size() / 4;
  piece in{.data = blocks.scratch(), .offset = long_line ? guarded : std::min(m_offset, guarded)};
  const outcome fetched = fetch(in, wanted(in.offset, blocks.room()));
  if (fetched != outcome::lines) return fetched;

  out.lines.clear();
  if (long_line) return search_long_line(in, out, max_line, too_long);

  const char* end = in.end();
  if (m_seen >= m_limit) {  // only the line across the limit is left
    const auto* line_end = std::find(in.at(m_seen), end, '\n');
    if (line_end != end) end = line_end + 1;
  }
  const char* rest = split_lines(
      in.at(m_offset), in.at(m_seen), end, max_line, out.lines, [&](std::string_view line) {
        too_long(in.offset + static_cast<std::uint64_t>(line.data() - in.data), line.size());
      });
  const std::uint64_t begin =
      std::exchange(m_offset, in.offset + static_cast<std::uint64_t>(rest - in.data));
  saw(in, end);
  if (m_offset >= m_limit) m_drained = true;
  if (out.lines.empty()) return m_drained ? outcome::at_end : outcome::more;

  out.generation = m_number;
  out.begin = begin;
  out.end = m_offset;
  blocks.give(out, in.at(begin), rest, in.offset);
  return outcome::lines;
}

generation::outcome generation::search_long_line(const piece& in, chunk& out, std::size_t max_line,
                                                 const too_long_observer& too_long) {
  const char* line_end = std::find(in.at(m_seen), in.end(), '\n');
  if (line_end == in.end()) {
    saw(in, in.end());
    return m_drained ? outcome::at_end : outcome::more;
  }
  const std::uint64_t end = in.offset + static_cast<std::uint64_t>(line_end - in.data);
  const bool has_return = line_end != in.data && line_end[-1] == '\r';
  const std::uint64_t size = end - m_offset - (has_return ? 1 : 0);
  m_drained = false;
  saw(in, line_end + 1);
  if (size > max_line) {
    too_long(m_offset, size);
    m_offset = m_seen;
    return outcome::more;
  }
  return give_long_line(out, m_offset + size);
}

/// Reads the line from m_offset to `line_end` in one go; behind it m_seen is known to be a line's
/// beginning.
generation::outcome generation::give_long_line(chunk& out, std::uint64_t line_end) {
  const auto size = static_cast<std::size_t>(line_end - m_offset);
  auto memory = std::make_shared_for_overwrite<char[]>(std::max<std::size_t>(size, 1));
  const ssize_t n = read_at(m_file.get(), memory.get(), size, m_offset);
  if (n < 0) {
    m_error = errno;
    m_seen = m_offset;  // its end is searched for again
    m_guard.clear();
    return outcome::failed;
  }
  // Its bytes may have been rewritten where the guard does not see it.
  const std::string_view line(memory.get(), static_cast<std::size_t>(n));
  const bool changed = line.find('\n') != std::string_view::npos;
  if (changed || line.size() < size) return outcome::truncated;
  out.lines.assign(1, line);
  out.memory = std::move(memory);
  out.generation = m_number;
  out.base = out.begin = m_offset;
  out.end = m_offset = m_seen;
  return outcome::lines;
}

generation::outcome generation::read_rest(chunk& out, std::size_t max_line,
                                          const too_long_observer& too_long) {
  if (rest() == 0) return outcome::at_end;
  if (rest() > max_line) {
    too_long(m_offset, rest());
    m_offset = m_seen;
    return outcome::at_end;
  }
  return give_long_line(out, m_seen);
}

}  // namespace logpipe::follow
