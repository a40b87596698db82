#include <logpipe/ship/ledger.hpp>

#include <algorithm>

namespace logpipe::ship {

void ledger::begin(generation_id generation, std::uint64_t start) {
  m_accounts.try_emplace(generation, account{start, {}, false});
}

ledger::batch_id ledger::add(generation_id generation, std::uint64_t end, std::size_t records) {
  account& of = m_accounts.at(generation);
  const batch_id id = m_next++;
  if (records == 0 && of.entries.empty()) {
    of.position = end;
  } else {
    of.entries.push_back({id, end, records});
    m_unfinished += records;
  }
  return id;
}

bool ledger::finish(generation_id generation, batch_id batch, std::size_t records) {
  account& of = m_accounts.at(generation);
  auto& entries = of.entries;
  const auto found = std::lower_bound(entries.begin(), entries.end(), batch,
                                      [](const entry& e, batch_id id) { return e.id < id; });
  found->left -= records;
  m_unfinished -= records;
  const bool finished = found->left == 0;
  while (!entries.empty() && entries.front().left == 0) {
    of.position = entries.front().end;
    entries.pop_front();
  }
  if (entries.empty() && of.dropped) m_accounts.erase(generation);
  return finished;
}

std::uint64_t ledger::position(generation_id generation) const {
  return m_accounts.at(generation).position;
}

std::size_t ledger::unfinished(generation_id generation) const {
  std::size_t sum = 0;
  for (const entry& waiting : m_accounts.at(generation).entries) {
    sum += waiting.left;
  }
  return sum;
}

void ledger::drop(generation_id generation) {
  const auto found = m_accounts.find(generation);
  if (found == m_accounts.end()) return;
  found->second.dropped = true;
  if (found->second.entries.empty()) m_accounts.erase(found);
}

}  // namespace logpipe::ship
