#include <logpipe/follow/turns.hpp>

#include <catch2/catch.hpp>

#include <chrono>

using namespace logpipe;
using namespace logpipe::follow;
using namespace std::chrono_literals;

namespace {
constexpr time_point start{1h};
}

TEST_CASE("sources are read in turn") {
  turns whose;
  whose.queue(1);
  whose.queue(2);
  whose.queue(1);
  CHECK(whose.next() == 1U);
  whose.again(1);
  CHECK(whose.next() == 2U);
  whose.done(2);
  CHECK(whose.next() == 1U);
  whose.done(1);
  CHECK_FALSE(whose.next());
  whose.queue(2);
  CHECK(whose.next() == 2U);
}

TEST_CASE("a source that is held waits until it is let go") {
  turns whose;
  whose.queue(1);
  whose.hold(1, true);
  CHECK_FALSE(whose.next());
  whose.queue(1);
  CHECK_FALSE(whose.next());
  whose.hold(1, false);
  CHECK(whose.next() == 1U);
}

TEST_CASE("the first that is due is looked at first") {
  turns whose;
  whose.plan(1, start + 2s);
  whose.plan(2, start + 1s);
  CHECK(whose.first_due() == start + 1s);
  CHECK_FALSE(whose.due(start));
  CHECK(whose.due(start + 1s) == 2U);
  whose.plan(2, std::nullopt);
  CHECK_FALSE(whose.due(start + 1s));
  CHECK(whose.due(start + 2s) == 1U);
}

TEST_CASE("a forgotten source has no turns") {
  turns whose;
  whose.queue(1);
  whose.queue(2);
  whose.plan(1, start);
  whose.forget(1);
  CHECK_FALSE(whose.due(start));
  CHECK(whose.next() == 2U);
}

TEST_CASE("a source that is planned to and fro is due once") {
  turns whose;
  whose.plan(2, start + 1s);
  for (const auto after : {1s, 2s, 1s, 2s, 1s}) {
    whose.plan(1, start + after);
  }
  CHECK(whose.due(start + 1s) == 1U);
  whose.plan(1, std::nullopt);
  CHECK(whose.due(start + 1s) == 2U);
  whose.forget(2);
  CHECK_FALSE(whose.due(start + 2s));
  CHECK_FALSE(whose.first_due());
}
