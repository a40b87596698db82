#include "marking_sink.hpp"

namespace logpipe::logcat {

std::size_t marking_sink::take(std::span<const record> run) {
  const std::size_t taken = m_next.take(run);
  if (taken == 0) return taken;
  const record& last = run[taken - 1];
  if (const reading* part = m_parts.find(last.topic, last.partition)) mark(*part) = mark_of(last);
  return taken;
}

void marking_sink::set(const reading& part, const record_mark& last) {
  mark(part) = last;
}

std::optional<kept_position> marking_sink::position(const reading& part) const {
  if (part.next < part.first) return std::nullopt;
  kept_position position{.next = part.resume_at(), .last = {}};
  if (part.index >= m_marks.size() || !m_marks[part.index]) return position;
  const record_mark& last = *m_marks[part.index];
  // A log that was made anew has no last record yet, and begins before what the old one had.
  const bool is_of_this_log = part.last_offset >= 0 || last.offset < part.first;
  if (is_of_this_log && last.offset < position.next) position.last = last;
  return position;
}

std::optional<record_mark>& marking_sink::mark(const reading& part) {
  if (part.index >= m_marks.size()) m_marks.resize(part.index + 1);
  return m_marks[part.index];
}

}  // namespace logpipe::logcat
