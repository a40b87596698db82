#include "kept_book.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace logpipe::follow::testing {

kept_id kept_book::put(kept_generation row, const std::vector<kept_id>& instead_of) {
  for (const kept_id id : instead_of) {
    m_kept.erase(id);
  }
  row.id = ++m_last_id;
  m_kept[row.id] = std::move(row);
  return m_last_id;
}

kept_id kept_book::hears(const event& told) {
  if (const auto* begun = std::get_if<generation_begun>(&told)) {
    running& now = m_running[begun->generation];
    now.id = put(begun->now, begun->continues);
    now.acknowledged = begun->now.read;
    now.given = begun->now.read.offset;
    return now.id;
  }
  if (const auto* known = std::get_if<generation_known>(&told)) {
    return put(known->what, known->replaces);
  }
  if (const auto* gone = std::get_if<generation_vanished>(&told)) {
    m_kept.erase(gone->what.id);
  } else if (const auto* followed = std::get_if<generation_followed>(&told)) {
    m_running.at(followed->generation).is_followed = true;
  } else if (const auto* ended = std::get_if<generation_ended>(&told)) {
    running& over = m_running.at(ended->generation);
    over.has_ended = true;
    kept_generation& row = m_kept.at(over.id);
    const bookmark read = row.read;
    row = ended->last;
    row.id = over.id;
    row.read = read;
  }
  return 0;
}

void kept_book::takes(const chunk& given) {
  running& from = m_running.at(given.generation);
  from.source = given.source;
  from.given = given.end;
  m_waiting.push_back({given.generation, {.offset = given.end, .before = given.before_end}});
}

void kept_book::acknowledge(std::size_t chunks) {
  for (; chunks != 0 && !m_waiting.empty(); --chunks, m_waiting.pop_front()) {
    const reached& first = m_waiting.front();
    m_running.at(first.generation).acknowledged = first.place;
  }
}

void kept_book::keep(const follower& from) {
  for (auto& [generation, now] : m_running) {
    const auto row = m_kept.find(now.id);
    if (row == m_kept.end()) continue;
    if (!now.has_ended) {
      if (auto stands = from.describe(now.source, generation)) {
        stands->id = now.id;
        row->second = *std::move(stands);
      }
      if (now.is_followed) row->second.what = kept_generation::state::followed;
    }
    row->second.read = now.acknowledged;
    row->second.sent = now.given;
  }
}

void kept_book::close() {
  m_running.clear();
  m_waiting.clear();
}

std::vector<kept_generation> kept_book::kept() const {
  std::vector<kept_generation> rows;
  for (const auto& [id, row] : m_kept) {
    rows.push_back(row);
  }
  return rows;
}

}  // namespace logpipe::follow::testing
