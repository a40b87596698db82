#include "tail_window.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

std::int64_t before(std::int64_t offset, std::int64_t width, std::int64_t begin) {
  return width < offset - begin ? offset - width : begin;
}

}  // namespace

tail_window::tail_window(std::int64_t begin, std::int64_t end, std::int64_t wanted)
    : m_begin(begin),
      m_from(before(end, wanted, begin)),
      m_to(end),
      m_wanted(wanted),
      m_start(m_from),
      m_complete(wanted == 0 || m_from == begin) {}

void tail_window::saw(std::int64_t offset) {
  ++m_in_window;
  // A window no wider than what is wanted cannot hold too many: nothing to remember.
  if (m_to - m_from <= m_wanted) return;
  m_last.push_back(offset);
  if (static_cast<std::int64_t>(m_last.size()) > m_wanted) m_last.pop_front();
}

void tail_window::finish_window() {
  const bool enough = m_in_window >= m_wanted;
  m_start = enough && !m_last.empty() ? m_last.front() : m_from;
  m_complete = enough || m_from == m_begin;
  if (m_complete) return;
  m_wanted -= m_in_window;
  m_in_window = 0;
  m_last.clear();
  const std::int64_t width = m_to - m_from;
  m_to = m_from;
  m_from = before(m_to, width * 2, m_begin);
}

}  // namespace logpipe::logcat
