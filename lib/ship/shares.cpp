#include <logpipe/ship/shares.hpp>

namespace logpipe::ship {
namespace {

constexpr milliseconds time_alone{1000};

}  // namespace

void shares::take(std::size_t& taken, std::size_t cost) noexcept {
  taken += cost;
  m_taken += cost;
}

void shares::give_back(std::size_t& taken, std::size_t cost) noexcept {
  taken -= cost;
  m_taken -= cost;
}

void shares::used(const void* share, time_point now) noexcept {
  if (share != m_last) {
    m_other_used = m_last_used;
    m_last = share;
  }
  m_last_used = now;
}

bool shares::alone(const void* share, time_point now) const noexcept {
  const auto& others = share == m_last ? m_other_used : m_last_used;
  return !others || now - *others >= time_alone;
}

std::size_t shares::limit(const void* share, time_point now) const noexcept {
  const std::size_t free = has_room() ? m_memory - m_taken : 0;
  return alone(share, now) ? free * 3 : free / 3;
}

std::optional<time_point> shares::next_change(time_point now) const noexcept {
  std::optional<time_point> first;
  for (const auto& used : {m_last_used, m_other_used}) {
    if (used && *used + time_alone > now && (!first || *used + time_alone < *first)) {
      first = *used + time_alone;
    }
  }
  return first;
}

}  // namespace logpipe::ship
