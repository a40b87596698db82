// Random saves against positions in memory.
#include "position_model.hpp"

#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;

TEST_CASE("whatever is saved is what is kept, also for who opens the file anew or reads it") {
  const auto seed = GENERATE(range<std::uint64_t>(0, 20));
  CAPTURE(seed);
  const test::temp_directory directory;
  const std::string path = directory / "state";
  position_model model(seed);
  auto store = std::make_unique<position_database>(path);
  for (int step = 0; step < 100; ++step) {
    CAPTURE(step);
    const auto changes = model.change(*store, 10);
    REQUIRE(store->save(changes).empty());
    model.keep(changes);
    const auto what_next = model.pick(10);
    if (what_next == 0) {
      store.reset();
      REQUIRE(same(read_positions(path).value(), model.all()));
      store = std::make_unique<position_database>(path);
    }
    if (what_next == 1) REQUIRE(same(read_positions(path).value(), model.all()));
    if (what_next < 5) REQUIRE(same(store->load(), model.all()));
  }
}
