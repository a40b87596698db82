#include "logcat/selection/newest_records.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using logpipe::record;
using logpipe::logcat::newest_records;
using texts = std::vector<std::string>;

namespace {

record at(std::int64_t timestamp, std::int32_t partition, std::int64_t offset,
          std::string_view value = "", std::string_view topic = "test") {
  record one;
  one.topic = topic;
  one.partition = partition;
  one.offset = offset;
  one.timestamp = timestamp;
  one.value = value;
  return one;
}

texts values_of(newest_records& records) {
  texts values;
  for (const auto& each : records.take()) {
    values.emplace_back(*each.get().value);
  }
  return values;
}

}  // namespace

TEST_CASE("the newest records come out oldest first, whatever partition they are of") {
  newest_records records(3);
  records.add(at(10, 0, 0, "a"));
  records.add(at(30, 0, 1, "c"));
  records.add(at(20, 1, 0, "b"));
  records.add(at(40, 1, 1, "d"));
  records.add(at(5, 2, 0, "too old"));
  CHECK(values_of(records) == texts{"b", "c", "d"});
  CHECK(values_of(records).empty());
}

TEST_CASE("records of one time stand by topic, partition and offset") {
  newest_records records(10);
  records.add(at(7, 0, 0, "other", "z"));
  records.add(at(7, 1, 0, "1:0"));
  records.add(at(7, 0, 11, "0:11"));
  records.add(at(7, 0, 2, "0:2"));
  CHECK(values_of(records) == texts{"0:2", "0:11", "1:0", "other"});
}

TEST_CASE("what is kept is a copy") {
  newest_records records(1);
  std::string value = "before";
  records.add(at(1, 0, 0, value));
  value = "behind";
  CHECK(values_of(records) == texts{"before"});
}

TEST_CASE("none is kept when none is wanted") {
  newest_records records(0);
  records.add(at(1, 0, 0));
  CHECK(records.take().empty());
}

TEST_CASE("in whatever order they are shown") {
  std::vector<int> times(100);
  for (int i = 0; i < 100; ++i) {
    times[static_cast<std::size_t>(i)] = i;
  }
  std::shuffle(times.begin(), times.end(), std::mt19937(7));
  newest_records records(5);
  for (const int time : times) {
    records.add(at(time, 0, time, std::to_string(time)));
  }
  CHECK(values_of(records) == texts{"95", "96", "97", "98", "99"});
}
