#include "logcat/reading/leaderless.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace std::chrono_literals;

namespace {

constexpr std::int32_t nobody = -1;

/// Looks at the topic "orders", whose partitions are led as the test says, at its time.
struct look_out {
  logcat::leaderless_partitions partitions;
  time_point now{};

  /// What is told, `passed` after the last look: "-1" is partition 1 without a leader, "+1" the
  /// same led again.
  std::vector<std::string> sees(const std::vector<std::int32_t>& leaders, milliseconds passed) {
    now += passed;
    kafka::topic_info topic{"orders", 0, {}};
    for (const auto leader : leaders) {
      topic.partitions.push_back({static_cast<std::int32_t>(topic.partitions.size()), leader});
    }
    partitions.look(topic, now);
    std::vector<std::string> told;
    for (const auto& [where, is_led] : partitions.take()) {
      CHECK(where.topic == "orders");
      told.push_back((is_led ? "+" : "-") + std::to_string(where.partition));
    }
    return told;
  }
};

using told = std::vector<std::string>;

}  // namespace

TEST_CASE("a partition without a leader is told of once, and once when it has one again") {
  look_out over;
  CHECK(over.sees({1, nobody, nobody}, 0s).empty());
  CHECK(over.sees({1, nobody, nobody}, 4999ms).empty());
  CHECK(over.sees({1, nobody, nobody}, 1ms) == told{"-1", "-2"});
  CHECK(over.sees({1, nobody, nobody}, 1h).empty());
  CHECK(over.sees({1, 2, nobody}, 1s) == told{"+1"});
  CHECK(over.sees({1, 2, nobody}, 1h).empty());
}

TEST_CASE("an election is not worth a word") {
  look_out over;
  CHECK(over.sees({nobody}, 0s).empty());
  CHECK(over.sees({2}, 3s).empty());
  CHECK(over.sees({nobody}, 3s).empty());
  CHECK(over.sees({2}, 3s).empty());
}

TEST_CASE("a partition that loses its leader again is told of again") {
  look_out over;
  for (int times = 0; times < 2; ++times) {
    over.sees({nobody}, 1s);
    CHECK(over.sees({nobody}, 5s) == told{"-0"});
    CHECK(over.sees({1}, 1s) == told{"+0"});
  }
}
