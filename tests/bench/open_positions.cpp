// Usage: open_positions [COUNT]
//
// Prints how long it takes to open a state file of COUNT positions (10000) and load them, and to
// save all of them, or one: the median of some tries, in milliseconds.
#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <support/some_positions.hpp>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::ship;

namespace {

template <typename Action>
double milliseconds_of(Action action) {
  std::array<double, 9> tries{};
  for (double& took : tries) {
    const auto begin = std::chrono::steady_clock::now();
    action();
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - begin;
    took = passed.count();
  }
  std::sort(tries.begin(), tries.end());
  return tries[tries.size() / 2];
}

position_changes made_in(position_database& store, std::uint64_t count) {
  position_changes changes{.alive = 1};
  for (std::uint64_t i = 0; i < count; ++i) {
    auto generation = test::some_generation(store.next_id(), i);
    generation.source = fmt::format("/var/log/containers/application-{}_default.log", i);
    generation.name = generation.source;
    changes.generations.push_back(generation);
    changes.sources.push_back(test::some_source(generation.source));
  }
  return changes;
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t positions = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 10'000;
  const test::temp_directory directory;
  const std::string path = directory / "state";
  {
    position_database store(path);
    auto changes = made_in(store, positions);
    fmt::print("save {} positions: {:.1f} ms\n", positions,
               milliseconds_of([&] { store.save(changes); }));
    changes.generations.resize(1);
    changes.sources.clear();
    fmt::print("save 1 of them: {:.3f} ms\n", milliseconds_of([&] { store.save(changes); }));
  }
  fmt::print("open and load {} positions: {:.1f} ms\n", positions,
             milliseconds_of([&] { position_database(path).load(); }));
  fmt::print("read them beside a run: {:.1f} ms\n",
             milliseconds_of([&] { static_cast<void>(read_positions(path)); }));
}
