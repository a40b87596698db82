#include "logcat/selection/newest_lines.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using logpipe::record;
using logpipe::logcat::newest_lines;
using texts = std::vector<std::string>;

namespace {

record at(std::int64_t timestamp, std::int32_t partition, std::int64_t offset) {
  record one;
  one.topic = "test";
  one.partition = partition;
  one.offset = offset;
  one.timestamp = timestamp;
  return one;
}

}  // namespace

TEST_CASE("the newest lines come out oldest first, whatever partition they are of") {
  newest_lines lines(3);
  lines.add(at(10, 0, 0), "a");
  lines.add(at(30, 0, 1), "c");
  lines.add(at(20, 1, 0), "b");
  lines.add(at(40, 1, 1), "d");
  lines.add(at(5, 2, 0), "too old");
  CHECK(lines.take() == texts{"b", "c", "d"});
  CHECK(lines.take().empty());
}

TEST_CASE("records of one time stand by partition and offset") {
  newest_lines lines(10);
  lines.add(at(7, 1, 0), "1:0");
  lines.add(at(7, 0, 11), "0:11");
  lines.add(at(7, 0, 2), "0:2");
  CHECK(lines.take() == texts{"0:2", "0:11", "1:0"});
}

TEST_CASE("what is too old is not wanted") {
  newest_lines lines(1);
  CHECK(lines.wants(at(1, 0, 0)));
  lines.add(at(5, 0, 0), "five");
  CHECK_FALSE(lines.wants(at(4, 0, 1)));
  CHECK(lines.wants(at(6, 0, 1)));
  CHECK_FALSE(newest_lines(0).wants(at(1, 0, 0)));
}

TEST_CASE("in whatever order they are shown") {
  std::vector<int> times(100);
  for (int i = 0; i < 100; ++i) {
    times[static_cast<std::size_t>(i)] = i;
  }
  std::shuffle(times.begin(), times.end(), std::mt19937(7));
  newest_lines lines(5);
  for (const int time : times) {
    lines.add(at(time, 0, time), std::to_string(time));
  }
  CHECK(lines.take() == texts{"95", "96", "97", "98", "99"});
}
