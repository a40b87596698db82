#include "position_keeper.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

constexpr milliseconds between(1000);

}  // namespace

void position_keeper::begin(const assignment& parts) {
  look_at(parts);
  if (m_when == commit::flush) keep();
}

void position_keeper::flushed(const assignment& parts) {
  look_at(parts);
  const bool due = !m_kept_at || m_around.now() - *m_kept_at >= between;
  if (m_when == commit::flush && due) keep();
}

bool position_keeper::end(bool complete) {
  if (m_when == commit::end && !complete) return true;
  return keep();
}

void position_keeper::look_at(const assignment& parts) {
  m_positions.resize(parts.size());
  m_changed.resize(parts.size());
  for (const auto& part : parts) {
    const auto now = m_around.position(part);
    if (!now) continue;
    auto& before = m_positions[part.index];
    const bool is_new = before.topic.empty();
    if (!is_new && before.at == *now) continue;
    if (is_new) {
      before.topic = part.topic;
      before.partition = part.partition;
    }
    before.at = *now;
    m_changed[part.index] = true;
  }
}

bool position_keeper::keep() {
  std::vector<partition_position> changed;
  for (std::size_t i = 0; i < m_positions.size(); ++i) {
    if (m_changed[i]) changed.push_back(m_positions[i]);
  }
  if (changed.empty() && m_begun) return true;
  // A run that is killed again and again still gets on: the clock begins with the first news.
  if (m_begun) m_kept_at = m_around.now();
  m_begun = true;
  const std::string problem = m_around.store.keep(changed);
  if (!problem.empty()) {
    if (!m_failing) m_around.out.error("{}: positions are not kept: {}", m_around.place, problem);
    m_failing = true;
    return false;
  }
  if (m_failing) m_around.out.info("{}: positions are kept again", m_around.place);
  m_failing = false;
  m_changed.assign(m_changed.size(), false);
  return true;
}

}  // namespace logpipe::logcat
