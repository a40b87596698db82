#include "logcat/selection/time_window.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;
using namespace std::chrono_literals;

namespace {

/// Shows a window one record after the other.
class partition {
public:
  explicit partition(const time_bounds& bounds) : m_window(bounds) {}

  bool takes(std::int64_t timestamp, timestamp_kind kind = timestamp_kind::create) {
    record one;
    one.offset = m_next++;
    one.timestamp = timestamp;
    one.kind = kind;
    return m_window.takes(one);
  }
  void take(int records, std::int64_t timestamp) {
    for (int i = 0; i < records; ++i) {
      takes(timestamp);
    }
  }
  time_window* operator->() { return &m_window; }

private:
  time_window m_window;
  std::int64_t m_next = 0;
};

constexpr std::int64_t hour = 3'600'000;

}  // namespace

TEST_CASE("without bounds every record is wanted") {
  partition part({});
  CHECK(part->all());
  CHECK(part.takes(-1));
  CHECK(part.takes(0));
  CHECK(part.takes(9'000'000'000'000));
}

TEST_CASE("since is within and until is not") {
  partition part({.since = 100, .until = 200});
  CHECK_FALSE(part->all());
  CHECK_FALSE(part.takes(99));
  CHECK(part.takes(100));
  CHECK(part.takes(199));
  CHECK_FALSE(part.takes(200));
}

TEST_CASE("a reading that goes on counts since no more") {
  partition part({.since = 100, .until = 200});
  part->begin_at_any_time();
  CHECK(part.takes(99));
  CHECK_FALSE(part.takes(200));
  part->begin_anew();
  CHECK(part.takes(99));
}

TEST_CASE("a record without a time is older than all that have one") {
  partition before({.until = 0});
  CHECK(before.takes(-1, timestamp_kind::none));
  partition behind({.since = 0});
  CHECK_FALSE(behind.takes(-1, timestamp_kind::none));
}

TEST_CASE("it is over after a thousand later records that last for the slack") {
  partition part({.until = 10 * hour, .slack = 1h});
  part.takes(9 * hour);
  part.take(999, 10 * hour);
  SECTION("both at once") {
    CHECK_FALSE(part->over());
    part.takes(11 * hour);
    CHECK(part->over());
  }
  SECTION("a thousand in a moment are not enough") {
    part.take(5000, 11 * hour - 1);
    CHECK_FALSE(part->over());
    part.takes(11 * hour);
    CHECK(part->over());
  }
}

TEST_CASE("few records are not enough for however long") {
  partition part({.until = 10 * hour, .slack = 1h});
  part.take(999, 20 * hour);
  CHECK_FALSE(part->over());
  part.takes(19 * hour);
  CHECK_FALSE(part->over());
  part.takes(21 * hour);
  CHECK(part->over());
}

TEST_CASE("an earlier record begins the count anew") {
  partition part({.until = 10 * hour, .slack = 1h});
  part.take(999, 10 * hour);
  CHECK(part.takes(10 * hour - 1));
  part.takes(12 * hour);
  CHECK_FALSE(part->over());
  part.take(998, 12 * hour);
  part.takes(13 * hour - 1);
  CHECK_FALSE(part->over());
  part.takes(13 * hour);
  CHECK(part->over());
}

TEST_CASE("a record before since is an earlier one too") {
  partition part({.since = 5 * hour, .until = 10 * hour, .slack = 1h});
  part.take(999, 10 * hour);
  CHECK_FALSE(part.takes(1 * hour));
  part.takes(12 * hour);
  CHECK_FALSE(part->over());
}

TEST_CASE("without slack a thousand records are enough") {
  partition part({.until = 100, .slack = 0ms});
  part.take(999, 100);
  CHECK_FALSE(part->over());
  part.takes(100);
  CHECK(part->over());
}

TEST_CASE("the broker's own times are in order: the first later one is the end") {
  partition part({.until = 100});
  CHECK(part.takes(99, timestamp_kind::append));
  CHECK_FALSE(part->over());
  CHECK_FALSE(part.takes(100, timestamp_kind::append));
  CHECK(part->over());
}

TEST_CASE("the first later record is where the next window begins") {
  partition part({.until = 100});
  part.takes(50);
  CHECK(part->first_later() == -1);
  part.takes(100);
  part.takes(60);
  part.takes(110);
  CHECK(part->first_later() == 1);
}

TEST_CASE("windows that share their bounds show each record once, whatever the order") {
  std::mt19937 random(7);
  std::vector<std::int64_t> times(5000);
  std::generate(times.begin(), times.end(), [&] { return random() % 1000; });
  partition first({.until = 300, .slack = 1h});
  partition second({.since = 300, .until = 600, .slack = 1h});
  partition third({.since = 600});
  for (const std::int64_t time : times) {
    const int taken = static_cast<int>(first.takes(time)) + static_cast<int>(second.takes(time)) +
                      static_cast<int>(third.takes(time));
    REQUIRE(taken == 1);
  }
}
