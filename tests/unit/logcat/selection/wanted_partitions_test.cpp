#include "logcat/selection/wanted_partitions.hpp"

#include <logpipe/kafka/error.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <initializer_list>
#include <vector>

using namespace logpipe;
using kafka::topic_info;
using numbers = std::vector<std::int32_t>;

namespace {

/// The topic "orders" with partitions from 0, each led by one of these.
topic_info led_by(std::initializer_list<std::int32_t> leaders) {
  topic_info topic{.name = "orders", .partitions = {}};
  for (const std::int32_t leader : leaders) {
    const auto id = static_cast<std::int32_t>(topic.partitions.size());
    topic.partitions.push_back({.id = id, .leader = leader});
  }
  return topic;
}

logcat::selection_plan named(numbers partitions) {
  logcat::selection_plan plan;
  plan.topics = {"orders"};
  plan.partitions = std::move(partitions);
  return plan;
}

numbers kept(topic_info topic, const logcat::selection_plan& wanted) {
  logcat::keep_wanted(topic, wanted);
  numbers ids;
  for (const auto& each : topic.partitions) {
    ids.push_back(each.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("a topic keeps the partitions that are asked for") {
  CHECK(kept(led_by({1, 1, 1}), named({})) == numbers{0, 1, 2});
  CHECK(kept(led_by({1, 1, 1}), named({0, 2})) == numbers{0, 2});
}

TEST_CASE("a topic that was named has all partitions that are asked for") {
  CHECK_THROWS_WITH(kept(led_by({1, 1}), named({1, 2})),
                    "no partition 2 in topic \"orders\", which has 2");
}

TEST_CASE("a topic that an expression found gives the partitions that it has") {
  logcat::selection_plan wanted;
  wanted.expressions.add("^ord");
  wanted.partitions = {1, 2};
  CHECK(kept(led_by({1, 1}), wanted) == numbers{1});
}

TEST_CASE("of a topic with an error it is not known which partitions it has") {
  topic_info topic = led_by({});
  topic.error = 3;
  CHECK(kept(topic, named({1})).empty());
}

TEST_CASE("partitions without a leader are asked for again, and named") {
  CHECK_NOTHROW(logcat::require_leaders(led_by({2, 1})));
  try {
    logcat::require_leaders(led_by({-1, 1, -1}));
    FAIL("two have no leader");
  } catch (const kafka::kafka_error& error) {
    CHECK_THAT(error.what(), Catch::Contains("partition 0,2 of topic \"orders\""));
    CHECK(kafka::classify(error.code()) == kafka::failure::other);
  }
}
