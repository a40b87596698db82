#pragma once

#include <logpipe/ship/position_store.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>

namespace logpipe::ship::testing {

/// Positions in memory, and random changes of them. The same for the same seed on every machine.
class position_model {
public:
  explicit position_model(std::uint64_t seed) : m_engine(seed) {}

  /// A number below `below`.
  std::size_t pick(std::size_t below) { return m_engine() % below; }

  /// Up to `most` of each kind: new and known generations, seen and forgotten ones, sources.
  position_changes change(position_store& store, std::size_t most);
  /// They are kept from now on.
  void keep(const position_changes& changes);
  kept_positions all() const;

private:
  follow::kept_id pick_known();

  std::mt19937_64 m_engine;
  std::map<follow::kept_id, follow::kept_generation> m_generations;
  std::map<std::string, kept_source> m_sources;
  std::int64_t m_alive = 0;
  bool m_ended_well = true;
};

/// All members, where kept_positions itself has no use for it.
bool same(const kept_positions& one, const kept_positions& other);

}  // namespace logpipe::ship::testing
