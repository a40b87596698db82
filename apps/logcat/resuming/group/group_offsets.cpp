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

void group_offsets::written(const reading& part) {
  if (part.index >= m_written.size()) m_written.resize(part.index + 1);
  auto& known = m_written[part.index];
  const std::int64_t offset = part.resume_at();
  if (known.offset == offset) return;
  known = {{part.topic, part.partition}, offset};
}

void group_offsets::let_go(const reading& part) {
  if (part.index < m_written.size()) m_written[part.index].offset = -1;
}

bool group_offsets::is_kept(const position& each) const {
  const auto found = m_kept.find(each.of);
  return each.offset < 0 || (found != m_kept.end() && found->second == each.offset);
}

std::vector<kafka::committed_offset> group_offsets::take_changed() {
  m_sent.clear();
  for (const auto& each : m_written) {
    if (!is_kept(each)) m_sent.push_back({each.of, each.offset, std::string(our_mark)});
  }
  return m_sent;
}

bool group_offsets::up_to_date() const {
  return std::all_of(m_written.begin(), m_written.end(),
                     [this](const position& each) { return is_kept(each); });
}

void group_offsets::answered(bool kept) {
  for (const auto& each : std::exchange(m_sent, {})) {
    if (kept) m_kept.insert_or_assign(each.where, each.offset);
  }
}

}  // namespace logpipe::logcat
