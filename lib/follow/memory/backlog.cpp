#include <logpipe/follow/memory/backlog.hpp>
#include <logpipe/follow/memory/description.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {

void backlog::add(past_file file) {
  generation& added =
      m_files.emplace_back(m_around->next_generation(), std::move(file.file), file.from.offset);
  m_around->open.opened(m_source);
  kept_generation now = follow::describe(added, m_log, file.path);
  now.read = file.from;
  now.size = status_of(added.descriptor()).size;
  now.what = kept_generation::state::followed;
  m_around->tell(generation_begun{added.number(), std::move(now), std::move(file.continues)});
}

source::progress backlog::read(chunk& out, time_point now) {
  while (!m_files.empty()) {
    const auto made = read_first(out, now);
    if (made != source::progress::nothing) return made;
  }
  return source::progress::nothing;
}

/// Nothing: it has been let go.
source::progress backlog::read_first(chunk& out, time_point now) {
  const auto too_long = [this](std::uint64_t offset, std::uint64_t size) {
    m_around->tell(line_too_long{m_path, offset, size});
  };
  generation& file = m_files.front();
  auto found = file.read(out, m_around->blocks, m_around->lines, too_long);
  if (found == generation::outcome::at_end) found = file.read_rest(out, m_around->lines, too_long);
  switch (found) {
    case generation::outcome::lines:
      out.source = m_source;
      return source::progress::lines;
    case generation::outcome::more:
      return source::progress::more;
    case generation::outcome::at_end:
      let_go(kept_generation::state::followed, now);
      break;
    case generation::outcome::truncated:
      m_around->tell(truncated{current_name(file.descriptor()), file.offset(), 0});
      let_go(kept_generation::state::replaced, now);
      break;
    case generation::outcome::failed:
      m_around->tell(unreadable{current_name(file.descriptor()), file.error()});
      let_go(kept_generation::state::followed, now);
      break;
  }
  return source::progress::nothing;
}

void backlog::let_go(kept_generation::state what, time_point now) {
  const generation& file = m_files.front();
  std::string name = current_name(file.descriptor());
  kept_generation last = follow::describe(file, m_log, name);
  last.what = what;
  // What could not be read is not done with.
  if (file.error() != 0) last.size = std::max(last.size, status_of(file.descriptor()).size);
  m_around->files.release(file.id(), file.seen_mark(), now);
  m_around->retired(file.number(), std::move(last), std::move(name));
  m_around->open.closed(m_source);
  m_files.pop_front();
}

void backlog::end(time_point now) {
  while (!m_files.empty()) {
    let_go(kept_generation::state::followed, now);
  }
}

std::uint64_t backlog::unread_bytes() const {
  std::uint64_t bytes = 0;
  for (const generation& file : m_files) {
    bytes += file.unread(status_of(file.descriptor()).size);
  }
  return bytes;
}

std::optional<std::string> backlog::name_of(generation_id number) const {
  const auto found = std::find_if(m_files.begin(), m_files.end(), [number](const generation& file) {
    return file.number() == number;
  });
  if (found == m_files.end()) return std::nullopt;
  return current_name(found->descriptor());
}

std::optional<kept_generation> backlog::describe(generation_id number) const {
  for (const generation& file : m_files) {
    if (file.number() != number) continue;
    kept_generation now = follow::describe(file, m_log, current_name(file.descriptor()));
    now.size = std::max(now.size, status_of(file.descriptor()).size);
    now.what = kept_generation::state::followed;
    return now;
  }
  return std::nullopt;
}

}  // namespace logpipe::follow
