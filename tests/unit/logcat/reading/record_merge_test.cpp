#include "logcat/reading/record_merge.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;
using namespace std::chrono_literals;

namespace {

/// A topic whose partitions are merged, beside a clock that is set by hand.
class merging {
public:
  static constexpr std::int64_t noon = 1'700'000'000'000;

  /// All of a topic to its end; follows where there is none.
  void reads(int partitions, std::int64_t end = no_end, const std::string& topic = "log") {
    for (int i = 0; i < partitions; ++i) {
      auto& part = parts.add({topic, i, 0, end});
      merge.add(part);
    }
  }
  void follows(int partitions) {
    reads(partitions);
    for (auto& part : parts) {
      part.end_seen_at(0);
    }
  }
  /// Records reach us; timestamps are told from noon, -1 is none.
  void comes(std::size_t partition, const std::vector<std::int64_t>& times) {
    auto& log = m_logs[partition];
    const auto& part = *std::next(parts.begin(), static_cast<std::ptrdiff_t>(partition));
    for (const auto time : times) {
      auto& fresh = log.waiting.emplace_back();
      fresh.topic = part.topic;
      fresh.partition = part.partition;
      fresh.offset = log.offset++;
      fresh.timestamp = time == -1 ? -1 : noon + time;
    }
  }
  /// All that may be printed now, as "PARTITION:TIME"; `most`: of a lane at a time.
  std::vector<std::string> prints(std::size_t most = 1000) {
    std::vector<std::string> printed;
    for (bool any = true; any;) {
      fill(most);
      merge.look(noon + now);
      any = false;
      for (auto run = merge.next(); !run.empty(); run = merge.next()) {
        any = true;
        for (const auto& each : run.records) {
          CHECK(each.partition == run.part->partition);
          printed.push_back(fmt::format("{}:{}", each.partition,
                                        each.timestamp < 0 ? -1 : each.timestamp - noon));
          run.part->next = each.offset + 1;
          order.emplace_back(each.timestamp, std::string(each.topic), each.partition, each.offset);
        }
      }
    }
    return printed;
  }

  assignment parts;
  record_merge merge{1000ms};
  std::int64_t now = 0;
  std::vector<std::tuple<std::int64_t, std::string, std::int32_t, std::int64_t>> order;

private:
  struct log_of_partition {
    std::vector<record> waiting;
    std::vector<record> given;
    std::int64_t offset = 0;
  };

  void fill(std::size_t most) {
    const auto empty = merge.empty_lanes();
    for (const std::size_t lane : empty) {
      auto& log = m_logs[merge.part(lane).index];
      const auto count = static_cast<std::ptrdiff_t>(std::min(most, log.waiting.size()));
      if (count == 0) continue;
      log.given.assign(log.waiting.begin(), log.waiting.begin() + count);
      log.waiting.erase(log.waiting.begin(), log.waiting.begin() + count);
      merge.give(lane, log.given, noon + now);
    }
  }

  std::map<std::size_t, log_of_partition> m_logs;
};

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("records of all partitions come in the order of time, then of partition") {
  merging of;
  of.reads(3, 3);
  of.comes(0, {10, 20, 30});
  of.comes(1, {5, 20, 40});
  of.comes(2, {20, 20, 20});
  CHECK(of.prints() ==
        texts{"1:5", "0:10", "0:20", "1:20", "2:20", "2:20", "2:20", "0:30", "1:40"});
}

TEST_CASE("at the same time, topics come by name, whichever was named first") {
  merging of;
  of.reads(1, 1, "b");
  of.reads(2, 1, "a");
  for (std::size_t i = 0; i < 3; ++i) {
    of.comes(i, {7});
  }
  of.prints();
  REQUIRE(of.order.size() == 3);
  CHECK(std::is_sorted(of.order.begin(), of.order.end()));
}

TEST_CASE("nothing is printed before each partition has a record or is at its end") {
  merging of;
  of.reads(3, 2);
  of.comes(0, {10, 20});
  of.comes(1, {5, 15});
  CHECK(of.prints().empty());
  CHECK_FALSE(of.merge.pause());
  SECTION("a record") {
    of.comes(2, {1});
    CHECK(of.prints() == texts{"2:1"});
  }
  SECTION("its end, without a record") {
    std::prev(of.parts.end())->pass_to(2);
    CHECK(of.prints() == texts{"1:5", "0:10", "1:15", "0:20"});
  }
}

TEST_CASE("a partition whose rest is not wanted does not hold up the others") {
  merging of;
  of.reads(2, 3);
  of.comes(0, {1, 2, 3, 8, 9});
  of.comes(1, {2, 4, 6});
  const auto printed = of.prints();
  // What is read at a time may hold more; the intake leaves it out, and then the lane is dropped.
  CHECK(std::count(printed.begin(), printed.end(), "1:6") == 1);
  CHECK(std::count(printed.begin(), printed.end(), "0:9") == 0);
}

TEST_CASE("what is older than what stands before it in its partition comes at once, told of once") {
  merging of;
  of.reads(2, 4);
  of.comes(0, {10, 50, 20, 30});
  of.comes(1, {15, 40, 60, 70});
  CHECK(of.prints() == texts{"0:10", "1:15", "1:40", "0:50", "0:20", "0:30", "1:60", "1:70"});
  const auto told = of.merge.take_straggler();
  REQUIRE(told);
  CHECK(told->topic == "log");
  CHECK(told->partition == 0);
  CHECK(told->offset == 2);
  CHECK(told->behind == 30ms);
  CHECK(told->unordered);
  CHECK_FALSE(of.merge.take_straggler());
}

TEST_CASE("a record without a timestamp comes behind the one before it, untold") {
  merging of;
  of.reads(2, 3);
  of.comes(0, {10, -1, 20});
  of.comes(1, {5, 15, 30});
  CHECK(of.prints() == texts{"1:5", "0:10", "0:-1", "1:15", "0:20", "1:30"});
  CHECK_FALSE(of.merge.take_straggler());
}

TEST_CASE("while following, a record waits for a silent partition, but not longer than allowed") {
  merging of;
  of.follows(2);
  of.now = 5000;
  of.comes(0, {4700, 5000});
  CHECK(of.prints().empty());
  CHECK(of.merge.pause() == 700ms);
  of.now = 5699;
  CHECK(of.prints().empty());
  of.now = 5700;
  CHECK(of.prints() == texts{"0:4700"});
  of.merge.look(merging::noon + of.now);
  CHECK(of.merge.pause() == 300ms);
}

TEST_CASE("what comes in time is put in its place") {
  merging of;
  of.follows(2);
  of.now = 5000;
  of.comes(0, {5000});
  CHECK(of.prints().empty());
  of.now = 5400;
  of.comes(1, {4900, 5100});
  CHECK(of.prints() == texts{"1:4900", "0:5000"});
  of.now = 6100;
  CHECK(of.prints() == texts{"1:5100"});
  CHECK_FALSE(of.merge.take_straggler());
}

TEST_CASE("what comes too late is printed at once and told of once") {
  merging of;
  of.follows(2);
  of.now = 6000;
  of.comes(0, {5000});
  REQUIRE(of.prints() == texts{"0:5000"});
  of.comes(1, {4000, 4500});
  CHECK(of.prints() == texts{"1:4000", "1:4500"});
  const auto told = of.merge.take_straggler();
  REQUIRE(told);
  CHECK(told->partition == 1);
  CHECK(told->offset == 0);
  CHECK(told->behind == 1000ms);
  CHECK_FALSE(told->unordered);
  of.comes(1, {4600});
  of.prints();
  CHECK_FALSE(of.merge.take_straggler());
}

TEST_CASE("a backlog is not held back for a silent partition") {
  merging of;
  of.follows(3);
  of.now = 100'000;
  of.comes(1, {1000, 2000, 98'999, 99'500});
  CHECK(of.prints(2) == texts{"1:1000", "1:2000", "1:98999"});
}

TEST_CASE("a partition that is known to hold more is waited for, for some time") {
  merging of;
  of.reads(2);
  of.now = 100'000;
  of.comes(0, {1000, 2000});
  CHECK(of.prints().empty());
  REQUIRE(of.merge.pause());
  of.now += of.merge.pause()->count() - 1;
  CHECK(of.prints().empty());
  SECTION("it comes") {
    of.comes(1, {500});
    CHECK(of.prints() == texts{"1:500"});
  }
  SECTION("its end is told") {
    std::prev(of.parts.end())->end_seen_at(0);
    std::next(of.parts.begin(), 0)->end_seen_at(2);
    CHECK(of.prints() == texts{"0:1000", "0:2000"});
  }
  SECTION("it does not come") {
    of.now += 1;
    CHECK(of.prints() == texts{"0:1000", "0:2000"});
  }
}

// Its records come a second after they were made, as all do, only that its clock does not know.
TEST_CASE("a partition whose clock is ahead is not held back for ever") {
  merging of;
  of.follows(2);
  constexpr std::int64_t hour = 3'600'000;
  of.now = 5000;
  of.comes(0, {hour + 5000});
  CHECK(of.prints().empty());
  CHECK(of.merge.pause() == 1000ms);
  of.now = 6000;
  CHECK(of.prints().size() == 1);
  // A thousand records in a second: read later than they were made, they are printed at once.
  for (std::int64_t i = 0; i < 1000; ++i) {
    of.comes(0, {hour + 5001 + i});
  }
  of.now = 7000;
  CHECK(of.prints(10).size() == 1000);
}

TEST_CASE("what is read anew is not printed before") {
  merging of;
  of.reads(2, 2);
  of.comes(0, {10, 20});
  CHECK(of.prints().empty());
  REQUIRE(of.merge.has_records(0));
  of.merge.drop(0);
  CHECK_FALSE(of.parts.begin()->held);
  of.comes(1, {5, 6});
  of.comes(0, {1});
  CHECK(of.prints() == texts{"0:1", "1:5", "1:6"});
}

TEST_CASE("a partition whose topic is gone does not hold up a follower") {
  merging of;
  of.reads(2);
  of.parts.begin()->stopped = true;
  of.now = 100'000;
  of.comes(1, {1000});
  CHECK(of.prints() == texts{"1:1000"});
}

TEST_CASE("a partition that appears is put in its place among the others") {
  merging of;
  of.follows(2);
  of.now = 5000;
  of.comes(0, {5000});
  CHECK(of.prints().empty());
  auto& fresh = of.parts.add({"a", 0, 0, no_end});
  of.merge.add(fresh);
  fresh.end_seen_at(0);
  of.comes(2, {5000});
  of.comes(1, {5000});
  of.now = 6000;
  of.prints();
  REQUIRE(of.order.size() == 3);
  CHECK(std::get<1>(of.order[0]) == "a");
  CHECK(std::is_sorted(of.order.begin(), of.order.end()));
}

TEST_CASE("whatever the times and the sizes of what comes, the order is that of a sort") {
  const int seed = GENERATE(range(0, 40));
  std::mt19937 random(static_cast<unsigned>(seed));
  const auto below = [&](int limit) { return std::uniform_int_distribution(0, limit - 1)(random); };
  const int partitions = 1 + below(12);
  const int range = 1 + below(2000);
  merging of;
  of.reads(partitions, 100);
  std::vector<std::tuple<std::int64_t, std::string, std::int32_t, std::int64_t>> all;
  for (int i = 0; i < partitions; ++i) {
    std::vector<std::int64_t> times;
    std::generate_n(std::back_inserter(times), 100, [&] { return below(range); });
    std::sort(times.begin(), times.end());
    for (std::size_t offset = 0; offset < times.size(); ++offset) {
      all.emplace_back(merging::noon + times[offset], "log", i, offset);
    }
    of.comes(static_cast<std::size_t>(i), times);
  }
  std::shuffle(all.begin(), all.end(), random);
  std::stable_sort(all.begin(), all.end());
  of.prints(1 + static_cast<std::size_t>(below(30)));
  CHECK(of.order == all);
  CHECK_FALSE(of.merge.take_straggler());
}
