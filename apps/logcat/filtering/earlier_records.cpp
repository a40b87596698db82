#include "earlier_records.hpp"

namespace logpipe::logcat {

bool earlier_records::add(std::span<const record> records) {
  if (records.size() > m_most) records = records.last(m_most);
  bool room_for_all = true;
  for (const record& each : records) {
    if (m_records.size() == m_most) let_go_of_oldest();
    m_memory->used += m_records.emplace_back(each).memory();
    while (m_memory->used > m_memory->most && !m_records.empty()) {
      let_go_of_oldest();
      room_for_all = false;
    }
  }
  return room_for_all;
}

void earlier_records::clear() noexcept {
  while (!m_records.empty()) {
    let_go_of_oldest();
  }
}

void earlier_records::let_go_of_oldest() noexcept {
  m_memory->used -= m_records.front().memory();
  m_records.pop_front();
}

}  // namespace logpipe::logcat
