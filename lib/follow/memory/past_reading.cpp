#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/past_reading.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace logpipe::follow {

past_reading::past_reading(source_id source, generation_id number, past_file file,
                           const surroundings& around)
    : m_source(source),
      m_number(number),
      m_from(file.from),
      m_around(&around),
      m_id(status_of(file.file.get()).id) {
  if (file.compressed) {
    m_passed_over.emplace(std::move(file.file), file.path);
  } else {
    m_plain.emplace(number, std::move(file.file), file.from.offset);
  }
}

int past_reading::descriptor() const noexcept {
  if (m_plain) return m_plain->descriptor();
  return m_compressed ? m_compressed->file().descriptor() : m_passed_over->descriptor();
}

past_reading::outcome past_reading::read(chunk& out, const too_long_observer& too_long) {
  const outcome found = m_plain ? read_plain(out, too_long) : read_compressed(out, too_long);
  if (found == outcome::lines) out.source = m_source;
  return found;
}

past_reading::outcome past_reading::read_plain(chunk& out, const too_long_observer& too_long) {
  auto found = m_plain->read(out, m_around->blocks, m_around->lines, too_long);
  if (found == generation::outcome::at_end) {
    found = m_plain->read_rest(out, m_around->lines, too_long);
  }
  switch (found) {
    case generation::outcome::lines:
      return outcome::lines;
    case generation::outcome::more:
      return outcome::more;
    case generation::outcome::at_end:
      return outcome::at_end;
    case generation::outcome::truncated:
      return outcome::truncated;
    case generation::outcome::failed:
      break;
  }
  m_error = m_plain->error();
  return outcome::failed;
}

past_reading::outcome past_reading::read_compressed(chunk& out, const too_long_observer& too_long) {
  if (m_passed_over) {
    try {
      if (!find_place()) return outcome::more;
    } catch (const std::system_error& failed) {
      m_error = failed.code().value();
      return outcome::failed;
    }
  }
  switch (m_compressed->read(out, too_long)) {
    case compressed_reading::outcome::lines:
      return outcome::lines;
    case compressed_reading::outcome::more:
      return outcome::more;
    case compressed_reading::outcome::at_end:
      return outcome::at_end;
    case compressed_reading::outcome::damaged:
      m_reason = m_compressed->damaged()->reason;
      return outcome::damaged;
    case compressed_reading::outcome::failed:
      break;
  }
  m_error = m_compressed->error();
  return outcome::failed;
}

/// A block at a time: a file may be long, and others wait for their turn.
bool past_reading::find_place() {
  compressed_file& file = *m_passed_over;
  const std::size_t block = m_around->options.block_size;
  if (!file.skip_to(m_from.offset, block) && !file.is_over()) return false;
  m_compressed.emplace(std::move(file), m_source, m_number, block, m_around->lines);
  m_passed_over.reset();
  return true;
}

std::uint64_t past_reading::offset() const noexcept {
  if (m_plain) return m_plain->offset();
  return m_compressed ? m_compressed->offset() : m_from.offset;
}

bookmark past_reading::place() const {
  if (m_plain) return m_plain->seen_mark();
  // Of compressed content nobody else reads a part: it is the file that counts as read.
  return {};
}

std::uint64_t past_reading::unread() const {
  const std::uint64_t size = status_of(descriptor()).size;
  if (m_plain) return m_plain->unread(size);
  const compressed_file& file = m_compressed ? m_compressed->file() : *m_passed_over;
  return size - std::min(size, file.taken());
}

kept_generation past_reading::describe(const std::string& log) const {
  kept_generation made;
  if (m_plain) {
    made = follow::describe(*m_plain, log, name());
    made.size = std::max(made.size, m_plain->seen());
  } else {
    const compressed_file& file = m_compressed ? m_compressed->file() : *m_passed_over;
    made.source = log;
    const std::string now = name();
    made.name = now.empty() ? file.name() : now;
    identify(made, m_id, file.head());
  }
  made.read = m_from;
  made.sent = offset();
  made.size = std::max(made.size, offset());
  made.file_size = status_of(descriptor()).size;
  made.what = kept_generation::state::followed;
  return made;
}

}  // namespace logpipe::follow
