#include <logpipe/follow/watch/interval.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <set>

using namespace logpipe;
using namespace logpipe::follow;
using namespace std::chrono_literals;

TEST_CASE("the longer a file is quiet, the less often it is looked at") {
  CHECK(polling_interval(250ms, 0s) == 250ms);
  CHECK(polling_interval(250ms, 2s) == 250ms);
  CHECK(polling_interval(250ms, 8s) == 1s);
  CHECK(polling_interval(250ms, 16s) == 2s);
  CHECK(polling_interval(250ms, 1h) == 2s);
  CHECK(polling_interval(5s, 1h) == 5s);
}

TEST_CASE("deadlines are shared, and never late") {
  std::set<time_point> all;
  for (int i = 0; i < 10'000; ++i) {
    const time_point now{1h + i * 100us};
    const time_point due = shared_deadline(now, 5s);
    REQUIRE(due <= now + 5s);
    REQUIRE(due > now + 4s);
    all.insert(due);
  }
  CHECK(all.size() <= 3);
}
