#include <logpipe/follow/memory/backlog.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {
namespace {

auto is_number(generation_id number) {
  return [number](const past_reading& file) { return file.number() == number; };
}

}  // namespace

void backlog::add(past_file file) {
  auto continues = std::move(file.continues);
  past_reading& added =
      m_files.emplace_back(m_source, m_around->next_generation(), std::move(file), *m_around);
  m_around->open.opened(m_source);
  m_around->tell(generation_begun{added.number(), unfinished(added), std::move(continues)});
}

/// What is to be kept of a file that has not been read to its end.
kept_generation backlog::unfinished(const past_reading& file) const {
  kept_generation now = file.describe(m_log);
  now.what = kept_generation::state::open;
  return now;
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
  past_reading& file = m_files.front();
  switch (file.read(out, too_long)) {
    case past_reading::outcome::lines:
      return source::progress::lines;
    case past_reading::outcome::more:
      return source::progress::more;
    case past_reading::outcome::at_end:
      let_go(file.describe(m_log), now);
      break;
    case past_reading::outcome::damaged:
      m_around->tell(damaged{file.name(), file.offset(), file.reason()});
      let_go(file.describe(m_log), now);
      break;
    case past_reading::outcome::truncated: {
      m_around->tell(truncated{file.name(), file.offset(), 0});
      kept_generation last = file.describe(m_log);
      last.what = kept_generation::state::replaced;
      let_go(std::move(last), now);
      break;
    }
    case past_reading::outcome::failed:
      m_around->tell(unreadable{file.name(), file.error()});
      let_go(unfinished(m_files.front()), now);
      break;
  }
  return source::progress::nothing;
}

/// The first one, as it was left.
void backlog::let_go(kept_generation last, time_point now) {
  const past_reading& file = m_files.front();
  m_around->files.release(file.id(), file.place(), now);
  m_around->retired(file.number(), std::move(last), file.name());
  m_around->open.closed(m_source);
  m_files.pop_front();
}

void backlog::end(time_point now) {
  while (!m_files.empty()) {
    let_go(unfinished(m_files.front()), now);
  }
}

std::uint64_t backlog::unread_bytes() const {
  std::uint64_t bytes = 0;
  for (const past_reading& file : m_files) {
    bytes += file.unread();
  }
  return bytes;
}

std::optional<std::string> backlog::name_of(generation_id number) const {
  const auto found = std::find_if(m_files.begin(), m_files.end(), is_number(number));
  if (found == m_files.end()) return std::nullopt;
  return found->name();
}

std::optional<kept_generation> backlog::describe(generation_id number) const {
  const auto found = std::find_if(m_files.begin(), m_files.end(), is_number(number));
  if (found == m_files.end()) return std::nullopt;
  return unfinished(*found);
}

}  // namespace logpipe::follow
