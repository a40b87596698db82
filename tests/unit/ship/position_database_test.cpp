#include "state_story.hpp"

#include <catch2/catch.hpp>

#include <memory>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;
using test::some_generation;
using test::some_source;

namespace {

struct store_story : state_story {
  std::unique_ptr<position_database> store = std::make_unique<position_database>(path);

  void reopen() {
    store.reset();
    store = std::make_unique<position_database>(path);
  }
  /// Keeps it under an ID of its own, which is given back.
  follow::kept_id keep_one(follow::kept_generation generation) {
    generation.id = store->next_id();
    REQUIRE(store->save({.generations = {generation}}).empty());
    return generation.id;
  }
};

}  // namespace

TEST_CASE_METHOD(store_story, "a new state file holds nothing, and no run has failed") {
  const auto kept = store->load();
  CHECK(kept.generations.empty());
  CHECK(kept.sources.empty());
  CHECK(kept.alive == 0);
  CHECK(kept.ended_well);
}

TEST_CASE_METHOD(store_story, "what is kept is there when the file is opened again") {
  follow::kept_generation generation = some_generation(store->next_id());
  const kept_source source = some_source("/var/log/app.log");
  REQUIRE(store->save({.generations = {generation}, .sources = {source}, .alive = 1234}).empty());
  reopen();
  const auto kept = store->load();
  generation.seen = 1234;
  CHECK(kept.generations == std::vector{generation});
  CHECK(kept.sources == std::vector{source});
  CHECK(kept.alive == 1234);
  CHECK_FALSE(kept.ended_well);
  REQUIRE(store->save({.alive = 1235, .ended_well = true}).empty());
  CHECK(store->load().ended_well);
}

TEST_CASE_METHOD(store_story, "names are bytes") {
  follow::kept_generation generation = some_generation(store->next_id());
  generation.source = "/a\xff\xc3(\n'\"";
  generation.name.clear();
  kept_source source = some_source(generation.source);
  REQUIRE(store->save({.generations = {generation}, .sources = {source}}).empty());
  reopen();
  CHECK(store->load().generations == std::vector{generation});
  CHECK(store->load().sources == std::vector{source});
}

TEST_CASE_METHOD(store_story, "what is kept again is replaced, what is forgotten is gone") {
  const auto first = keep_one(some_generation(1, 100));
  const auto second = keep_one(some_generation(2, 200));
  REQUIRE(store->save({.sources = {some_source("/a"), some_source("/b")}}).empty());
  REQUIRE(store
              ->save({.generations = {some_generation(first, 101)},
                      .forgotten = {second},
                      .sources = {some_source("/a", 9)},
                      .forgotten_sources = {"/b"}})
              .empty());
  CHECK(store->load().generations == std::vector{some_generation(first, 101)});
  CHECK(store->load().sources == std::vector{some_source("/a", 9)});
}

TEST_CASE_METHOD(store_story, "an ID is never used twice, though its generation is forgotten") {
  const auto first = keep_one(some_generation(1));
  const auto second = keep_one(some_generation(1));
  CHECK(second > first);
  REQUIRE(store->save({.forgotten = {first, second}}).empty());
  reopen();
  CHECK(store->next_id() > second);
}

TEST_CASE_METHOD(store_story, "what is seen is kept as it was, with the time") {
  const auto id = keep_one(some_generation(1));
  const auto other = keep_one(some_generation(2));
  const follow::kept_id not_kept = 77;
  REQUIRE(store->save({.seen = {id, not_kept}, .alive = 5000}).empty());
  auto expected = some_generation(id);
  expected.seen = 5000;
  CHECK(store->load().generations == std::vector{expected, some_generation(other)});
}

TEST_CASE_METHOD(store_story, "a generation without an ID of the store is the caller's mistake") {
  CHECK_THROWS_AS(store->save({.generations = {some_generation(0)}}), std::invalid_argument);
  CHECK_THROWS_AS(store->save({.generations = {some_generation(99)}}), std::invalid_argument);
  CHECK(store->load().generations.empty());
  CHECK(store->save({.alive = 1}).empty());
}

TEST_CASE_METHOD(store_story, "all files are for their owner alone") {
  keep_one(some_generation(1));
  CHECK(permissions("state") == 0600);
  CHECK(permissions("state-wal") == 0600);
  CHECK(permissions("state-shm") == 0600);
}

TEST_CASE_METHOD(store_story, "nothing but the file stays after an orderly end") {
  keep_one(some_generation(1));
  store.reset();
  CHECK_FALSE(is_there("state-wal"));
  CHECK_FALSE(is_there("state-shm"));
  CHECK_FALSE(is_there("state.new"));
}

TEST_CASE_METHOD(store_story, "another that writes is not waited for long, and tried again later") {
  database other(path, database::mode::write);
  {
    const transaction long_one(other, transaction::kind::write);
    CHECK_THAT(store->save({.alive = 1}), Catch::Contains("locked"));
  }
  CHECK(store->save({.alive = 1}).empty());
}

TEST_CASE_METHOD(store_story, "a file that was removed meanwhile keeps nothing, which is said") {
  keep_one(some_generation(1));
  SECTION("removed") {
    REQUIRE(std::filesystem::remove(path));
  }
  SECTION("replaced") {
    std::filesystem::rename(path, directory / "away");
    write("state", "another");
  }
  CHECK_THAT(store->save({.alive = 1}), Catch::Contains("removed"));
}

TEST_CASE_METHOD(state_story, "a row that does not fit its checksum is damage, and named") {
  keep({some_generation(1), some_generation(2)});
  SECTION("a number") {
    tamper("UPDATE generations SET read = read + 1 WHERE id = 2");
  }
  SECTION("a text") {
    tamper("UPDATE generations SET name = name || 'x' WHERE id = 2");
  }
  SECTION("parts that move") {
    tamper(
        "UPDATE generations SET source = source || substr(name, 1, 1), name = substr(name, 2) "
        "WHERE id = 2");
  }
  SECTION("a row under another ID") {
    tamper("UPDATE generations SET id = 3 WHERE id = 2");
  }
  CHECK_THROWS_WITH(position_database(path).load(),
                    Catch::StartsWith(path) && Catch::Contains("is damaged: generation \""));
}

TEST_CASE_METHOD(state_story, "what is known of the run is checked as well") {
  keep({some_generation(1)});
  SECTION("lost") {
    tamper("DELETE FROM run");
  }
  SECTION("changed") {
    tamper("UPDATE run SET next_id = 1");
  }
  SECTION("its table") {
    tamper("DROP TABLE run");
  }
  CHECK_THROWS_AS(position_database(path), state_error);
  CHECK_THROWS_AS(read_positions(path), state_error);
}
