#include <logpipe/follow/deleted_files.hpp>

#include <utility>

namespace logpipe::follow {

namespace {

/// So much is worth a word, whatever the limit.
constexpr std::uint64_t much = std::uint64_t{1} << 30;

}  // namespace

deleted_files::deleted_files(roster& sources, std::optional<std::uint64_t> limit,
                             const follower::observer& tell, std::function<void(source_id)> woken)
    : m_sources(&sources), m_limit(limit), m_tell(&tell), m_woken(std::move(woken)) {}

void deleted_files::keep_bound(time_point now) {
  while (m_limit && bytes() > *m_limit && let_go_oldest(now)) {
  }
  const std::uint64_t held = bytes();
  if (held < much / 2) m_told = false;
  if (held >= much && !std::exchange(m_told, true)) (*m_tell)(holding_deleted{held});
  std::erase_if(m_holders, [this](source_id holder) {
    return m_sources->at(holder).what->deleted_unread() == 0;
  });
}

/// False when there is none that has had its time.
bool deleted_files::let_go_oldest(time_point now) {
  std::optional<std::pair<generation_id, source_id>> oldest;
  for (const source_id holder : m_holders) {
    const auto one = m_sources->at(holder).what->oldest_deleted(now);
    if (one && (!oldest || *one < oldest->first)) oldest.emplace(*one, holder);
  }
  if (!oldest) return false;
  m_sources->at(oldest->second).what->let_go(oldest->first, now);
  m_woken(oldest->second);
  return true;
}

std::uint64_t deleted_files::bytes() const {
  std::uint64_t sum = 0;
  for (const source_id holder : m_holders) {
    sum += m_sources->at(holder).what->deleted_unread();
  }
  return sum;
}

}  // namespace logpipe::follow
