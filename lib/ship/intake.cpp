#include <logpipe/ship/intake.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::ship {

void intake::add(follow::source_id source, topic& to, outlet* only) {
  if (!to.route && !to.sources.closed) shut(to.sources, {&to, nullptr});
  gate& behind = only != nullptr ? only->sources : to.sources;
  behind.sources.push_back(source);
  if (behind.closed) m_tell(source, false);
}

void intake::sort(topic& to, const std::function<outlet*(follow::source_id)>& only_outlet_of) {
  std::vector<follow::source_id> sources;
  for (const auto source : std::exchange(to.sources.sources, {})) {
    outlet* only = only_outlet_of(source);
    if (only == nullptr) {
      to.sources.sources.push_back(source);
    } else {
      only->sources.sources.push_back(source);
      m_tell(source, true);
    }
  }
}

bool intake::has_room(const outlet* where, std::size_t divisor, time_point now) const {
  return where == nullptr || where->taken < m_memory.limit(where, now) / divisor;
}

/// Where partitions take turns, one that takes is enough; otherwise a chunk may need any of them.
bool intake::has_room(const topic& where, std::size_t divisor, time_point now) const {
  if (!where.route) return false;
  const bool one_is_enough = where.route->takes_turns();
  for (std::int32_t partition = 0; partition < where.route->partitions(); ++partition) {
    if (has_room(where.find(partition), divisor, now) == one_is_enough) return one_is_enough;
  }
  return !one_is_enough;
}

bool intake::takes(const topic& to, std::int32_t partition, time_point now) const {
  const outlet* where = to.find(partition);
  return where == nullptr || (where->way.flowing() && has_room(where, 1, now));
}

void intake::close(outlet& full, time_point now) {
  if (has_room(&full, 1, now)) return;
  topic& to = *full.of;
  if (!full.sources.closed && !full.sources.sources.empty()) shut(full.sources, {&to, &full});
  if (!to.sources.closed && !to.sources.sources.empty() && !has_room(to, 1, now)) {
    shut(to.sources, {&to, nullptr});
  }
}

void intake::shut(gate& which, closed_gate entry) {
  which.closed = true;
  m_closed.push_back(entry);
  for (const auto source : which.sources) {
    m_tell(source, false);
  }
}

void intake::open(time_point now) {
  const auto opens = [&](const closed_gate& each) {
    if (!(each.only != nullptr ? has_room(each.only, 2, now) : has_room(*each.of, 2, now))) {
      return false;
    }
    gate& which = each.only != nullptr ? each.only->sources : each.of->sources;
    which.closed = false;
    for (const auto source : which.sources) {
      m_tell(source, true);
    }
    return true;
  };
  m_closed.erase(std::remove_if(m_closed.begin(), m_closed.end(), opens), m_closed.end());
}

std::optional<time_point> intake::next_change(time_point now) const {
  return m_closed.empty() ? std::nullopt : m_memory.next_change(now);
}

}  // namespace logpipe::ship
