#include "group_offsets.hpp"

#include "group_owner.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace logpipe::logcat {

void group_offsets::found(const std::vector<kafka::committed_offset>& offsets) {
  m_kept.clear();
  for (const auto& each : offsets) {
    m_kept.emplace(each.where, each.offset);
  }
}

std::optional<std::int64_t> group_offsets::of(std::string_view topic,
                                              std::int32_t partition) const {
  const auto found = m_kept.find({std::string(topic), partition});
  if (found == m_kept.end()) return std::nullopt;
  return found->second;
}

bool group_offsets::knows_topic(std::string_view topic) const {
  return std::any_of(m_kept.begin(), m_kept.end(),
                     [topic](const auto& each) { return each.first.topic == topic; });
}

bool group_offsets::has(const reading& part) const {
  return part.let_go || of(part.topic, part.partition) == part.next;
}

std::vector<kafka::committed_offset> group_offsets::take_changed(const assignment& parts) {
  m_sent.clear();
  for (const auto& part : parts) {
    if (has(part)) continue;
    m_sent.push_back({{part.topic, part.partition}, part.next, std::string(our_mark)});
  }
  return m_sent;
}

bool group_offsets::up_to_date(const assignment& parts) const {
  return std::all_of(parts.begin(), parts.end(), [this](const reading& part) { return has(part); });
}

void group_offsets::answered(bool kept) {
  for (const auto& each : std::exchange(m_sent, {})) {
    if (kept) m_kept.insert_or_assign(each.where, each.offset);
  }
}

}  // namespace logpipe::logcat
