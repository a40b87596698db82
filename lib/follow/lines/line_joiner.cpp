#include <logpipe/follow/lines/line_joiner.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace logpipe::follow {

namespace {

/// Where a chunk's line begins; behind the last one, where the chunk ends.
std::uint64_t begin_of(const chunk& lines, std::size_t which) {
  if (which == 0) return lines.begin;
  return which == lines.lines.size() ? lines.end : lines.offset_of(lines.lines[which]);
}

/// Of what stands before that, as far as the chunk holds it.
guard_print before_end(const chunk& lines, std::size_t which) {
  if (which == lines.lines.size()) return lines.before_end;
  return print_of({lines.memory.get(), lines.lines[which].data()});
}

/// The lines [first, last) of a chunk as one, their inner line ends included.
std::string_view joined(const chunk& lines, std::size_t first, std::size_t last) {
  const char* begin = lines.lines[first].data();
  const std::string_view end = lines.lines[last - 1];
  return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
}

}  // namespace

void line_joiner::add(chunk&& lines, time_point now) {
  record& open = record_for(lines);
  const std::size_t count = lines.lines.size();

  // What belongs to the record that is held. A piece's next one is no line's beginning.
  std::size_t first = 0;
  if (!open.parts.empty()) {
    if (open.in_line) first = 1;
    while (first != count && !starts(lines.lines[first]))
      ++first;
    if (first != 0) extend(open, lines, 0, first);
    cut(open);
    if (first != count) end(open);
  }
  open.since = now;
  if (first == count) return;

  // What begins and ends in this chunk.
  std::vector<std::string_view> records;
  std::size_t given = first;
  for (std::size_t i = first + 1; i < count; ++i) {
    if (!starts(lines.lines[i])) continue;
    const std::string_view text = joined(lines, first, i);
    if (text.size() <= m_how->max_line) {
      records.push_back(text);
    } else {
      give_whole(lines, given, first, records);
      extend(open, lines, first, i);
      cut(open);
      end(open);
      given = i;
    }
    first = i;
  }
  give_whole(lines, given, first, records);

  // What may go on in the next.
  extend(open, lines, first, count);
  cut(open);
}

/// The record that is held of the chunk's generation; a new generation takes over that of the one
/// before it.
line_joiner::record& line_joiner::record_for(const chunk& lines) {
  if (!m_newest || lines.generation > *m_newest) {
    const auto before = m_newest ? m_held.find(*m_newest) : m_held.end();
    const bool was_cut = m_newest && lines.inode == m_newest_inode;
    m_newest = lines.generation;
    m_newest_inode = lines.inode;
    if (before != m_held.end() && was_cut) {
      end(before->second);
      m_held.erase(before);
    } else if (before != m_held.end()) {
      auto taken = m_held.extract(before);
      taken.key() = lines.generation;
      taken.mapped().in_line = false;
      m_held.insert(std::move(taken));
    }
  }
  record& found = m_held[lines.generation];
  found.source = lines.source;
  return found;
}

/// Adds the chunk's lines [first, last).
void line_joiner::extend(record& to, const chunk& from, std::size_t first, std::size_t last) const {
  if (!to.parts.empty() && !to.in_line && to.line_end_size == 0) {
    to.text += m_how->end.text();
    to.parts.back().size += m_how->end.size();
  }
  const extent where{.generation = from.generation,
                     .begin = begin_of(from, first),
                     .end = begin_of(from, last),
                     .before_end = before_end(from, last)};
  const auto size = static_cast<std::size_t>(where.end - where.begin);
  to.text.append(from.memory.get() + (where.begin - from.base), size);
  to.parts.push_back({where, from.inode, size});
  to.in_line = from.partial;
  const auto content_end = from.offset_of(from.lines[last - 1]) + from.lines[last - 1].size();
  to.line_end_size = static_cast<std::size_t>(where.end - content_end);
}

/// Gives the pieces of a record that is longer than one may be, but for the last.
void line_joiner::cut(record& long_one) {
  std::string_view left = long_one.text;
  while (left.size() > m_how->max_line + long_one.line_end_size) {
    give(long_one, left.substr(0, m_how->max_line), false);
    left.remove_prefix(m_how->max_line);
  }
  long_one.text.erase(0, long_one.text.size() - left.size());
}

/// Gives what is left of a record, which then is empty.
void line_joiner::end(record& complete) {
  const std::string_view text = complete.text;
  give(complete, text.substr(0, text.size() - complete.line_end_size), true);
  complete.text.clear();
  complete.parts.clear();
  complete.line_end_size = 0;
  complete.in_line = false;
}

/// Gives the next bytes of a record, copied, and takes what they cover off its parts.
void line_joiner::give(record& from, std::string_view text, bool is_last) {
  chunk out;
  std::size_t left = text.size();
  auto at = from.parts.begin();
  while (at != from.parts.end() && (is_last || left != 0)) {
    const std::size_t taken = is_last ? at->size : std::min(left, at->size);
    extent covered = at->where;
    if (covered.begin + taken < covered.end && !is_last) {
      covered.end = covered.begin + taken;
      covered.before_end = print_of(text);
    }
    if (at == from.parts.begin()) {
      out.generation = covered.generation;
      out.inode = at->inode;
      out.base = out.begin = covered.begin;
      out.end = covered.end;
      out.before_end = covered.before_end;
    } else if (out.also.empty() && covered.generation == out.generation) {
      out.end = covered.end;
      out.before_end = covered.before_end;
    } else if (!out.also.empty() && covered.generation == out.also.back().generation) {
      out.also.back().end = covered.end;
      out.also.back().before_end = covered.before_end;
    } else {
      out.also.push_back(covered);
    }
    at->where.begin = covered.end;
    at->size -= taken;
    if (!is_last) left -= taken;
    if (at->size == 0) ++at;
  }
  from.parts.erase(from.parts.begin(), at);

  out.memory = std::make_shared_for_overwrite<char[]>(std::max<std::size_t>(text.size(), 1));
  std::memcpy(out.memory.get(), text.data(), text.size());
  out.source = from.source;
  out.partial = !is_last;
  out.lines.emplace_back(out.memory.get(), text.size());
  m_ready.push_back(std::move(out));
}

/// Gives the records that the chunk's lines [first, last) make, without copying them.
void line_joiner::give_whole(const chunk& from, std::size_t first, std::size_t last,
                             std::vector<std::string_view>& records) {
  if (records.empty()) return;
  chunk& out = m_ready.emplace_back();
  out.source = from.source;
  out.generation = from.generation;
  out.memory = from.memory;
  out.base = from.base;
  out.begin = begin_of(from, first);
  out.end = begin_of(from, last);
  out.before_end = before_end(from, last);
  out.inode = from.inode;
  out.lines = std::exchange(records, {});
}

bool line_joiner::take(chunk& out) {
  if (m_ready.empty()) return false;
  out = std::move(m_ready.front());
  m_ready.pop_front();
  return true;
}

void line_joiner::end_stale(time_point now) {
  for (auto at = m_held.begin(); at != m_held.end();) {
    record& held = at->second;
    if (held.in_line || held.since + m_what.timeout > now) {
      ++at;
    } else {
      end(held);
      at = m_held.erase(at);
    }
  }
}

void line_joiner::end_all() {
  for (auto& [generation, held] : std::exchange(m_held, {})) {
    end(held);
  }
}

std::optional<time_point> line_joiner::due() const {
  std::optional<time_point> first;
  for (const auto& [generation, held] : m_held) {
    if (held.in_line) continue;
    const time_point stale = held.since + m_what.timeout;
    if (!first || stale < *first) first = stale;
  }
  return first;
}

std::vector<extent> line_joiner::held() const {
  std::vector<extent> found;
  for (const auto& [generation, held] : m_held) {
    extent where = held.parts.front().where;
    where.end = where.begin + held.text.size();
    found.push_back(where);
  }
  return found;
}

}  // namespace logpipe::follow
