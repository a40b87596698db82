#include "logcat/selection/tail_window.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <vector>

using logpipe::logcat::tail_window;

namespace {

/// Reads the windows as the run does, from a log that holds only `records`.
std::int64_t find_start(tail_window& window, const std::set<std::int64_t>& records) {
  while (!window.complete()) {
    for (auto at = records.lower_bound(window.from()); at != records.lower_bound(window.to());
         ++at) {
      window.saw(*at);
    }
    window.finish_window();
  }
  return window.start();
}

}  // namespace

TEST_CASE("without holes the first window is the answer") {
  std::set<std::int64_t> records;
  for (std::int64_t offset = 100; offset < 200; ++offset) {
    records.insert(offset);
  }
  tail_window window(100, 200, 20);
  CHECK(window.from() == 180);
  CHECK(window.to() == 200);
  CHECK(find_start(window, records) == 180);
}

TEST_CASE("markers at the end: the window goes back until the last N are there") {
  // two transactions of two records and a marker each
  const std::set<std::int64_t> records = {0, 1, 3, 4};
  tail_window two(0, 6, 2);
  CHECK(find_start(two, records) == 3);
  tail_window three(0, 6, 3);
  CHECK(find_start(three, records) == 1);
}

TEST_CASE("a log that is shorter than what is wanted is read from its begin") {
  tail_window window(100, 120, 50);
  CHECK(window.complete());
  CHECK(window.start() == 100);
  tail_window empty(100, 100, 5);
  CHECK(empty.complete());
  CHECK(empty.start() == 100);
}

TEST_CASE("nothing wanted is the end") {
  tail_window window(100, 120, 0);
  CHECK(window.complete());
  CHECK(window.start() == 120);
}

TEST_CASE("a log of holes alone ends the search at its begin") {
  tail_window window(0, 1'000'000, 10);
  CHECK(find_start(window, {}) == 0);
}

TEST_CASE("whatever the holes, the last N records remain") {
  std::mt19937 random(GENERATE(range(1U, 40U)));
  const auto begin = static_cast<std::int64_t>(random() % 50);
  const auto end = begin + static_cast<std::int64_t>(random() % 300);
  const auto wanted = static_cast<std::int64_t>(random() % 30);
  const auto every = 1 + random() % 20;
  std::vector<std::int64_t> offsets;
  for (auto offset = begin; offset < end; ++offset) {
    if (random() % every == 0) offsets.push_back(offset);
  }
  const std::set<std::int64_t> records(offsets.begin(), offsets.end());
  tail_window window(begin, end, wanted);
  const auto start = find_start(window, records);
  const auto remaining =
      static_cast<std::size_t>(std::distance(records.lower_bound(start), records.end()));
  CHECK(remaining == std::min(records.size(), static_cast<std::size_t>(wanted)));
}
