#include <logpipe/follow/turns.hpp>

#include <utility>

namespace logpipe::follow {

void turns::queue(source_id source) {
  slot& asked = m_slots[source];
  if (asked.held || std::exchange(asked.queued, true)) return;
  m_ready.push_back(source);
}

std::optional<source_id> turns::next() {
  while (!m_ready.empty()) {
    const source_id first = m_ready.front();
    m_ready.pop_front();
    const auto found = m_slots.find(first);
    if (found == m_slots.end()) continue;  // forgotten meanwhile
    if (!found->second.held) return first;
    found->second.queued = false;
  }
  return std::nullopt;
}

void turns::again(source_id source) {
  m_ready.push_back(source);
}

void turns::done(source_id source) {
  m_slots[source].queued = false;
}

void turns::hold(source_id source, bool held) {
  m_slots[source].held = held;
  if (!held) queue(source);
}

bool turns::is_held(source_id source) const {
  const auto known = m_slots.find(source);
  return known != m_slots.end() && known->second.held;
}

void turns::plan(source_id source, std::optional<time_point> due) {
  slot& planned = m_slots[source];
  if (due == planned.planned) return;
  if (planned.planned) strike(*planned.planned);
  if (due) {
    deadline& at = m_agenda[*due];
    at.sources.push_back(source);
    ++at.planned;
  }
  planned.planned = due;
}

void turns::strike(time_point due) {
  const auto at = m_agenda.find(due);
  if (--at->second.planned == 0) m_agenda.erase(at);
}

std::optional<time_point> turns::first_due() const {
  if (m_agenda.empty()) return std::nullopt;
  return m_agenda.begin()->first;
}

std::optional<source_id> turns::due(time_point now) {
  if (m_agenda.empty() || m_agenda.begin()->first > now) return std::nullopt;
  auto& [due, first] = *m_agenda.begin();
  while (true) {
    const auto known = m_slots.find(first.sources.back());
    if (known != m_slots.end() && known->second.planned == due) return known->first;
    first.sources.pop_back();
  }
}

void turns::forget(source_id source) {
  plan(source, std::nullopt);
  m_slots.erase(source);
}

}  // namespace logpipe::follow
