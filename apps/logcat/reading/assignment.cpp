#include "assignment.hpp"

#include <algorithm>
#include <utility>

namespace logpipe::logcat {

reading& assignment::add(stretch wanted) {
  const auto before = std::find_if(m_readings.begin(), m_readings.end(), [&](const reading& each) {
    return each.let_go && each.partition == wanted.partition && each.topic == wanted.topic;
  });
  if (before == m_readings.end()) {
    return m_readings.emplace_back(std::move(wanted), m_readings.size(), m_bounds);
  }
  *before = reading(std::move(wanted), before->index, m_bounds);
  return *before;
}

reading& assignment::add(stretch wanted, std::int64_t log_end) {
  reading& part = add(std::move(wanted));
  part.next = std::min(part.first, log_end);
  part.log_end = log_end;
  return part;
}

void assignment::close(reading& part, std::int64_t offset) {
  part.pass_to(offset);
  part.end = offset;
  m_closed.push_back(&part);
}

reading* assignment::find(std::string_view topic, std::int32_t partition) noexcept {
  if (m_last != nullptr && m_last->partition == partition && m_last->topic == topic) return m_last;
  for (auto& each : m_readings) {
    if (each.partition != partition || each.topic != topic) continue;
    m_last = &each;
    return m_last;
  }
  return nullptr;
}

bool assignment::done() const noexcept {
  return first_unfinished() == nullptr;
}

bool assignment::caught_up() const noexcept {
  return std::all_of(m_readings.begin(), m_readings.end(),
                     [](const reading& each) { return each.caught_up(); });
}

bool assignment::bounded() const noexcept {
  return std::any_of(m_readings.begin(), m_readings.end(),
                     [](const reading& each) { return each.end != no_end && !each.let_go; });
}

std::int64_t assignment::left() const noexcept {
  std::int64_t sum = 0;
  for (const auto& each : m_readings) {
    if (each.end != no_end && !each.done()) sum += each.end - each.next;
  }
  return sum;
}

std::optional<double> assignment::share() const noexcept {
  std::int64_t wanted = 0;
  for (const auto& each : m_readings) {
    if (each.end != no_end && each.end > each.first) wanted += each.end - each.first;
  }
  if (!bounded()) return std::nullopt;
  return wanted == 0 ? 1.0 : 1 - static_cast<double>(left()) / static_cast<double>(wanted);
}

const reading* assignment::first_unfinished() const noexcept {
  const auto found = std::find_if(m_readings.begin(), m_readings.end(),
                                  [](const reading& each) { return !each.done(); });
  return found == m_readings.end() ? nullptr : &*found;
}

}  // namespace logpipe::logcat
