#include <logpipe/follow/chain_member.hpp>

#include <algorithm>
#include <array>

namespace logpipe::follow {

chain_member::chain_member(fd file, generation_id number, std::uint64_t offset, time_point now)
    : m_file(number, std::move(file), offset), m_changed(now) {
  const file_status status = status_of(m_file.descriptor());
  m_size = status.size;
  m_modified = status.modified;
}

void chain_member::modified(time_point now) {
  m_changed = now;
  m_readable = true;
  m_closed = false;
}

void chain_member::renamed() noexcept {
  if (is_away()) return;
  m_name_gone = true;
  m_closed = false;
}

void chain_member::attributes_changed() {
  if (m_file.is_open() && status_of(m_file.descriptor()).links == 0) renamed();
}

void chain_member::look(const file_status& status, time_point now) {
  const bool changed = status.size != m_size || status.modified != m_modified;
  if (changed || status.size != m_file.seen() || m_error != 0) m_readable = true;
  // What was read since the last look has changed the file time too, but not just now.
  const bool known = std::exchange(m_grew_since_look, false) && status.size == m_size;
  if (changed && !known) m_changed = now;
  if (status.size < m_size) m_size_before_cut = std::max(m_size_before_cut, m_size);
  m_size = status.size;
  m_modified = status.modified;
  if (status.links != 0) {
    m_deleted_since.reset();
  } else if (!m_deleted_since) {
    m_deleted_since = now;
  }
  if (m_away_since && now - *m_away_since >= patience::with_writer && !m_size_at_end_of_patience) {
    m_size_at_end_of_patience = m_size;
  }
}

void chain_member::went_away(time_point now) {
  m_away_since = now;
}

void chain_member::came_back() noexcept {
  m_away_since.reset();
  is_at_path();
  m_size_at_end_of_patience.reset();
  m_read_since_away = 0;
  m_succeeded = false;
}

void chain_member::was_read(std::uint64_t bytes, time_point now) {
  if (m_file.seen() > m_size) {
    m_size = m_file.seen();
    m_changed = now;
    m_grew_since_look = true;
  }
  m_error = 0;
  m_readable = !m_file.drained();
  if (m_away_since) m_read_since_away += bytes;
}

void chain_member::truncated(generation_id number, time_point now) {
  m_file.begin_again(number);
  m_size_before_cut = 0;
  m_changed = now;
  m_readable = true;
}

std::uint64_t chain_member::size_before_cut() const noexcept {
  return std::max(m_size_before_cut, m_file.seen());
}

void chain_member::failed(int error) noexcept {
  m_error = error;
  m_readable = false;
}

milliseconds chain_member::unchanged_for() const {
  const std::chrono::nanoseconds since(file_time_now() - m_modified);
  return std::chrono::duration_cast<milliseconds>(std::chrono::abs(since));
}

bool chain_member::is_left(time_point now) const {
  return is_away() && (m_closed || now - quiet_since() >= patience::before_left);
}

bool chain_member::may_be_succeeded(time_point now) const {
  if (!is_away()) return false;
  if (m_size_at_end_of_patience && m_file.seen() >= *m_size_at_end_of_patience) return true;
  if (m_readable) return false;
  if (is_left(now)) return true;
  return m_file.rest() == 0 && now - quiet_since() >= patience::before_next;
}

bool chain_member::may_be_let_go(time_point now) const {
  // A reader that is held up may not have taken the last line yet, however long ago it was left.
  const bool was_read = !m_readable && m_file.rest() == 0;
  return is_away() && was_read && now - quiet_since() >= patience::for_late_lines;
}

std::optional<time_point> chain_member::due(time_point now) const {
  if (!is_away()) return std::nullopt;
  const std::array<time_point, 4> deadlines = {
      quiet_since() + patience::before_next, quiet_since() + patience::before_left,
      *m_away_since + patience::with_writer, quiet_since() + patience::for_late_lines};
  std::optional<time_point> next;
  for (const time_point deadline : deadlines) {
    if (deadline > now && (!next || deadline < *next)) next = deadline;
  }
  return next;
}

time_point chain_member::quiet_since() const {
  return std::max(m_changed, *m_away_since);
}

}  // namespace logpipe::follow
