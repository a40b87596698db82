#include <logpipe/ship/ledger.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::ship {

void ledger::begin(generation_id generation, const bookmark& start) {
  m_accounts.try_emplace(generation, start);
}

ledger::batch_id ledger::add(generation_id generation, const bookmark& end, std::size_t records,
                             std::span<const follow::extent> also) {
  const batch_id id = m_next++;
  for (const follow::extent& each : also) {
    m_joined[id].push_back(each.generation);
    const bookmark joined_end{.offset = each.end, .before = each.before_end};
    m_accounts.at(each.generation).entries.push_back({id, joined_end, 1});
  }
  auto& of = *m_accounts.find(generation);
  of.second.entries.push_back({id, end, records});
  m_unfinished += records;
  if (records == 0) advance(of);
  return id;
}

bool ledger::finish(generation_id generation, batch_id batch, std::size_t records) {
  const auto of = m_accounts.find(generation);
  entry& found = find(of->second, batch);
  found.left -= records;
  m_unfinished -= records;
  const bool finished = found.left == 0;
  if (finished) advance(*of);
  forget_if_over(of);
  return finished;
}

ledger::entry& ledger::find(account& of, batch_id batch) {
  return *std::lower_bound(of.entries.begin(), of.entries.end(), batch,
                           [](const entry& each, batch_id id) { return each.id < id; });
}

void ledger::advance(accounts::value_type& of) {
  auto& entries = of.second.entries;
  while (!entries.empty() && entries.front().left == 0) {
    const entry done = entries.front();
    entries.pop_front();
    move_to(of, done.end);
    if (!m_joined.empty()) finish_joined(done.id);
  }
}

void ledger::move_to(accounts::value_type& of, const bookmark& end) {
  of.second.position = end;
  if (m_remembers && !std::exchange(of.second.moved, true)) m_moved.push_back(of.first);
}

void ledger::finish_joined(batch_id batch) {
  const auto joined = m_joined.extract(batch);
  if (joined.empty()) return;
  for (const generation_id each : joined.mapped()) {
    const auto of = m_accounts.find(each);
    find(of->second, batch).left = 0;
    advance(*of);
    forget_if_over(of);
  }
}

const bookmark& ledger::position(generation_id generation) const {
  return m_accounts.at(generation).position;
}

void ledger::drop(generation_id generation) {
  const auto found = m_accounts.find(generation);
  if (found == m_accounts.end()) return;
  found->second.dropped = true;
  forget_if_over(found);
}

void ledger::forget_if_over(accounts::iterator of) {
  const account& what = of->second;
  if (what.dropped && what.entries.empty() && !what.moved) m_accounts.erase(of);
}

std::vector<ledger::move> ledger::take_moves() {
  std::vector<move> taken;
  taken.reserve(m_moved.size());
  for (const generation_id each : std::exchange(m_moved, {})) {
    const auto of = m_accounts.find(each);
    of->second.moved = false;
    taken.push_back({each, of->second.position});
    forget_if_over(of);
  }
  return taken;
}

}  // namespace logpipe::ship
