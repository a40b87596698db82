// A state file that is damaged is refused, or it holds what it held: nothing is lost silently.
#include "position_model.hpp"

#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;

namespace {

struct damage_story {
  test::temp_directory directory;
  std::string path = directory / "state";
  position_model model{1};
  std::string content = written();
  int refused = 0;

  std::string written() {
    {
      position_database store(path);
      for (int i = 0; i < 20; ++i) {
        const auto changes = model.change(store, 20);
        REQUIRE(store.save(changes).empty());
        model.keep(changes);
      }
    }
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void put(const std::string& damaged) const {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
  }
  template <typename Load>
  bool is_refused_or_whole(Load load) {
    try {
      return same(load(), model.all());
    } catch (const state_error& error) {
      ++refused;
      return std::string(error.what()).starts_with(path);
    }
  }
  void check() {
    CHECK(is_refused_or_whole([&] { return read_positions(path).value(); }));
    CHECK(is_refused_or_whole([&] { return position_database(path).load(); }));
  }
};

}  // namespace

TEST_CASE_METHOD(damage_story, "bytes that have changed") {
  for (int round = 0; round < 1000; ++round) {
    std::string damaged = content;
    // Half of them in the first page, where the schema is.
    const auto at = model.pick(round % 2 == 0 ? 4096 : content.size());
    const auto was = damaged[at];
    damaged[at] = static_cast<char>(model.pick(256));
    CAPTURE(round, at, was, damaged[at]);
    put(damaged);
    check();
  }
  CHECK(refused > 500);
}

TEST_CASE_METHOD(damage_story, "a file that was cut, or whose pages are zeros") {
  constexpr std::size_t page = 4096;
  REQUIRE(content.size() > 8 * page);
  for (std::size_t at = 0; at < content.size(); at += page / 4) {
    CAPTURE(at);
    put(content.substr(0, at));
    check();
    std::string damaged = content;
    damaged.replace(at, page, page, '\0').resize(content.size());
    put(damaged);
    check();
  }
  CHECK(static_cast<std::size_t>(refused) > 12 * content.size() / page);
}
