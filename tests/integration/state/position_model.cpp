#include "position_model.hpp"

#include <algorithm>
#include <iterator>
#include <support/some_positions.hpp>

namespace logpipe::ship::testing {

follow::kept_id position_model::pick_known() {
  if (m_generations.empty()) return 0;
  return std::next(m_generations.begin(), static_cast<std::ptrdiff_t>(pick(m_generations.size())))
      ->first;
}

position_changes position_model::change(position_store& store, std::size_t most) {
  position_changes changes;
  for (std::size_t i = pick(most + 1); i > 0; --i) {
    changes.generations.push_back(test::some_generation(store.next_id(), pick(1 << 20)));
  }
  for (std::size_t i = pick(most + 1); i > 0; --i) {
    if (const auto id = pick_known(); id != 0) {
      changes.generations.push_back(test::some_generation(id, pick(1 << 20)));
    }
  }
  for (std::size_t i = pick(3); i > 0; --i) {
    if (const auto id = pick_known(); id != 0) changes.seen.push_back(id);
  }
  // One that changes is not forgotten at once.
  const auto forgets = pick_known();
  const bool changing =
      std::any_of(changes.generations.begin(), changes.generations.end(),
                  [&](const auto& generation) { return generation.id == forgets; });
  if (forgets != 0 && !changing) changes.forgotten.push_back(forgets);
  if (pick(2) == 0) {
    changes.sources.push_back(test::some_source("/log/" + std::to_string(pick(20)), pick(99)));
  }
  if (pick(5) == 0) changes.forgotten_sources.push_back("/log/" + std::to_string(pick(20)));
  changes.alive = m_alive + 1 + static_cast<std::int64_t>(pick(2000));
  changes.ended_well = pick(2) == 0;
  return changes;
}

void position_model::keep(const position_changes& changes) {
  for (const auto id : changes.forgotten) {
    m_generations.erase(id);
  }
  for (const auto& path : changes.forgotten_sources) {
    m_sources.erase(path);
  }
  for (const auto& generation : changes.generations) {
    m_generations[generation.id] = generation;
    m_generations[generation.id].seen = changes.alive;
  }
  for (const auto id : changes.seen) {
    if (const auto found = m_generations.find(id); found != m_generations.end()) {
      found->second.seen = changes.alive;
    }
  }
  for (const auto& source : changes.sources) {
    m_sources[source.path] = source;
  }
  m_alive = changes.alive;
  m_ended_well = changes.ended_well;
}

kept_positions position_model::all() const {
  kept_positions all;
  all.alive = m_alive;
  all.ended_well = m_ended_well;
  for (const auto& [id, generation] : m_generations) {
    all.generations.push_back(generation);
  }
  for (const auto& [path, source] : m_sources) {
    all.sources.push_back(source);
  }
  return all;
}

bool same(const kept_positions& one, const kept_positions& other) {
  return one.generations == other.generations && one.sources == other.sources &&
         one.alive == other.alive && one.ended_well == other.ended_well;
}

}  // namespace logpipe::ship::testing
