#include <logpipe/ship/source_facts.hpp>

#include <catch2/catch.hpp>

#include <support/some_positions.hpp>

using namespace logpipe;
using namespace logpipe::ship;
using test::some_source;

namespace {

std::vector<kept_source> to_keep(const source_facts& of) {
  position_changes changes;
  of.collect(changes);
  return changes.sources;
}

}  // namespace

TEST_CASE("what is kept of a source is found by its path, and need not be kept again") {
  const source_facts facts({some_source("/a"), some_source("/b")});
  REQUIRE(facts.find("/a") != nullptr);
  CHECK(*facts.find("/a") == some_source("/a"));
  CHECK(facts.find("/c") == nullptr);
  CHECK_FALSE(facts.changed());
  CHECK(to_keep(facts).empty());
}

TEST_CASE("a source that changes is kept, with what was known of it, and no other") {
  source_facts facts({some_source("/a"), some_source("/b")});
  ++facts.change("/a").lost;
  ++facts.change("/a").lost;
  CHECK(facts.changed());
  CHECK(to_keep(facts) == std::vector{some_source("/a", 3)});
}

TEST_CASE("a source that nothing was kept of begins with nothing but its path") {
  source_facts facts({});
  facts.change("/new");
  kept_source nothing;
  nothing.path = "/new";
  CHECK(to_keep(facts) == std::vector{nothing});
}

TEST_CASE("what was kept is not kept again, and what was not is collected again") {
  source_facts facts({});
  facts.change("/a").refused = 1;
  CHECK(to_keep(facts) == to_keep(facts));
  facts.kept();
  CHECK_FALSE(facts.changed());
  CHECK(to_keep(facts).empty());
  CHECK(facts.find("/a")->refused == 1);
}
