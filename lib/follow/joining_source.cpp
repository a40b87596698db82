#include <logpipe/follow/joining_source.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {

void joining_source::look(time_point now) {
  m_lines->look(now);
  m_to_read = true;
}

source::progress joining_source::read(chunk& out, time_point now) {
  if (m_joiner.take(out)) return progress::lines;
  const progress made = m_lines->read(m_read, now);
  if (made == progress::lines) {
    m_joiner.add(std::move(m_read), now);
  } else if (made == progress::nothing) {
    m_to_read = false;
    m_joiner.end_stale(now);
    if (m_lines->finished() || m_lines->is_replaced(now)) m_joiner.end_all();
  }
  if (m_joiner.take(out)) return progress::lines;
  return made == progress::lines ? progress::more : made;
}

std::optional<time_point> joining_source::due() const {
  const auto lines = m_lines->due();
  const auto record = m_to_read ? std::nullopt : m_joiner.due();
  if (!lines || !record) return lines ? lines : record;
  return std::min(*lines, *record);
}

void joining_source::tell_partials() const {
  m_lines->tell_partials();
  for (const extent& held : m_joiner.held()) {
    m_around->tell(partial_held{m_path, held.begin, held.end - held.begin});
  }
}

}  // namespace logpipe::follow
