#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace logpipe::follow::testing {

/// Chance, the same on every machine for the same seed.
class random_source {
public:
  explicit random_source(std::uint64_t seed) : m_seed(seed), m_engine(seed) {}

  /// Goes on as it always does from here, whatever was picked before.
  void restart_at(std::uint64_t step) {
    std::seed_seq seeds{m_seed, m_seed >> 32, step};
    m_engine.seed(seeds);
  }

  /// A number below `below`.
  std::size_t pick(std::size_t below) { return m_engine() % below; }
  bool one_in(std::size_t cases) { return pick(cases) == 0; }
  /// One of `all`, each as often as its `weight` says.
  template <typename Weighted>
  const auto& choose(const Weighted& all) {
    std::size_t weights = 0;
    for (const auto& each : all) {
      weights += each.weight;
    }
    std::size_t chance = pick(weights);
    auto chosen = all.begin();
    for (; chance >= chosen->weight; ++chosen) {
      chance -= chosen->weight;
    }
    return *chosen;
  }

private:
  std::uint64_t m_seed;
  std::mt19937_64 m_engine;
};

/// Makes up what logs hold: lines of every kind, with and without their ends.
class random_text {
public:
  /// With `alike` all lines are the same, and so are whole files.
  random_text(random_source& random, bool alike) : m_random(&random), m_alike(alike) {}

  bool alike() const noexcept { return m_alike; }
  /// A piece of a line, without its end; may be empty.
  std::string piece();
  std::string line_end() { return m_random->one_in(6) && !m_alike ? "\r\n" : "\n"; }
  /// Whole lines.
  std::string lines(std::size_t count);

private:
  random_source* m_random;
  bool m_alike;
  std::size_t m_counter = 0;
};

}  // namespace logpipe::follow::testing
