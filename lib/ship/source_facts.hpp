#pragma once

#include <logpipe/ship/position_store.hpp>

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace logpipe::ship {

/// What is kept of each source beside its generations, and which of it has changed.
class source_facts {
public:
  explicit source_facts(const std::vector<kept_source>& kept);

  /// Nothing is kept of it: null.
  const kept_source* find(const std::string& path) const;
  /// To be changed now, and kept with the next save. `path` is absolute.
  kept_source& change(const std::string& path);

  bool changed() const noexcept { return !m_changed.empty(); }
  /// Adds what is not kept yet.
  void collect(position_changes& to) const;
  /// What was collected is kept.
  void kept() noexcept { m_changed.clear(); }

private:
  std::unordered_map<std::string, kept_source> m_sources;
  std::unordered_set<std::string> m_changed;
};

}  // namespace logpipe::ship
