#include <logpipe/ship/resent_lines.hpp>

#include <algorithm>

namespace logpipe::ship {

resent_lines::resent_lines(const std::vector<follow::kept_generation>& kept) {
  for (const auto& each : kept) {
    if (each.sent > each.read.offset) m_sent.emplace(each.id, each.sent);
  }
}

std::uint64_t resent_lines::begin(const follow::generation_begun& what) {
  std::uint64_t until = 0;
  for (const follow::kept_id id : what.continues) {
    const auto sent = m_sent.find(id);
    if (sent != m_sent.end()) until = std::max(until, sent->second);
  }
  if (until <= what.now.read.offset) return 0;
  m_until[what.generation] = until;
  return until;
}

std::uint64_t resent_lines::count(const follow::chunk& chunk) {
  if (m_until.empty()) return 0;
  const auto until = m_until.find(chunk.generation);
  if (until == m_until.end()) return 0;
  const auto again = [&](std::string_view line) { return chunk.offset_of(line) < until->second; };
  const auto lines = std::count_if(chunk.lines.begin(), chunk.lines.end(), again);
  if (chunk.end >= until->second) m_until.erase(until);
  return static_cast<std::uint64_t>(lines);
}

}  // namespace logpipe::ship
