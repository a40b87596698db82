#pragma once

#include <logpipe/ship/position_store.hpp>

#include <map>
#include <string>
#include <vector>

namespace logpipe::test {

/// Positions in memory, which outlive the keeper as those in a file outlive the process.
class fake_position_store final : public ship::position_store {
public:
  ship::kept_positions load() override {
    ship::kept_positions all;
    for (const auto& [id, row] : rows) {
      all.generations.push_back(row);
    }
    for (const auto& [path, source] : sources) {
      all.sources.push_back(source);
    }
    all.alive = alive;
    all.ended_well = ended_well;
    return all;
  }
  follow::kept_id next_id() override { return ++m_last_id; }
  std::string save(const ship::position_changes& changes) override {
    ++saves;
    if (!failure.empty()) return failure;
    last = changes;
    for (const auto id : changes.forgotten) {
      rows.erase(id);
    }
    for (const auto& row : changes.generations) {
      rows[row.id] = row;
    }
    for (const auto& source : changes.sources) {
      sources[source.path] = source;
    }
    alive = changes.alive;
    ended_well = changes.ended_well;
    return {};
  }

  std::map<follow::kept_id, follow::kept_generation> rows;
  std::map<std::string, ship::kept_source> sources;
  std::int64_t alive = 0;
  bool ended_well = true;
  /// Why saving fails; empty: it does not.
  std::string failure;
  int saves = 0;
  ship::position_changes last;

private:
  follow::kept_id m_last_id = 0;
};

}  // namespace logpipe::test
