#include "logcat/reading/known_partitions.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace std::chrono_literals;
using logcat::known_partitions;
using standing = known_partitions::standing;

namespace {

constexpr kafka::error_code unknown_topic = 3;

kafka::topic_info topic(const std::string& name, const std::vector<std::int32_t>& partitions) {
  kafka::topic_info info{name, 0, {}};
  for (const auto id : partitions) {
    info.partitions.push_back({id, 1});
  }
  return info;
}
kafka::topic_info missing(const std::string& name) {
  return {name, unknown_topic, {}};
}

/// A follower that reads partition 0 of "orders", at a time that the test sets.
struct follower {
  logcat::selection_plan plan;
  known_partitions known{plan};
  time_point now{};

  follower() { known.set({"orders", 0}, standing::read); }

  std::vector<known_partitions::candidate> sees(const kafka::topic_info& info) {
    return known.look(info, now);
  }
  std::vector<std::string> gone_after(milliseconds passed) {
    now += passed;
    return known.take_gone(now);
  }
};

}  // namespace

TEST_CASE("what is read is no candidate, what is new is one until it is read") {
  follower run;
  CHECK(run.sees(topic("orders", {0})).empty());
  for (int look = 0; look < 2; ++look) {
    const auto found = run.sees(topic("orders", {0, 1}));
    REQUIRE(found.size() == 1);
    CHECK(found[0].partition.id == 1);
    CHECK(found[0].as == standing::added);
  }
  run.known.set({"orders", 1}, standing::read);
  CHECK(run.sees(topic("orders", {0, 1})).empty());
}

TEST_CASE("a partition that was late is told from one that is new") {
  follower run;
  run.known.set({"orders", 1}, standing::late);
  const auto found = run.sees(topic("orders", {0, 1, 2}));
  REQUIRE(found.size() == 2);
  CHECK(found[0].as == standing::late);
  CHECK(found[1].as == standing::added);
}

TEST_CASE("one without a leader, or that is not asked for, is no candidate") {
  follower run;
  run.plan.partitions = {0, 2};
  auto info = topic("orders", {0, 1, 2});
  info.partitions[2].leader = -1;
  CHECK(run.sees(info).empty());
}

TEST_CASE("a topic is gone when it was missing for two seconds, and that is told once") {
  follower run;
  run.sees(missing("orders"));
  CHECK(run.gone_after(1900ms).empty());
  run.sees(missing("orders"));
  CHECK(run.gone_after(200ms) == std::vector<std::string>{"orders"});
  run.sees(missing("orders"));
  CHECK(run.gone_after(10s).empty());
}

TEST_CASE("a topic that was missing for a moment is not gone") {
  follower run;
  run.sees(missing("orders"));
  CHECK(run.gone_after(1s).empty());
  run.sees(topic("orders", {0}));
  run.sees(missing("orders"));
  CHECK(run.gone_after(1500ms).empty());
}

TEST_CASE("what was stopped is a candidate as soon as it is there, and known to have been gone") {
  follower run;
  SECTION("for a moment") {
    run.known.set({"orders", 0}, standing::stopped);
    const auto found = run.sees(topic("orders", {0}));
    REQUIRE(found.size() == 1);
    CHECK(found[0].as == standing::stopped);
    CHECK_FALSE(found[0].was_gone);
  }
  SECTION("stopped before its topic was gone") {
    run.known.set({"orders", 0}, standing::stopped);
    run.sees(missing("orders"));
    run.gone_after(3s);
    CHECK(run.sees(topic("orders", {0})).at(0).was_gone);
  }
  SECTION("stopped because its topic was gone") {
    run.sees(missing("orders"));
    run.gone_after(3s);
    run.known.set({"orders", 0}, standing::stopped);
    CHECK(run.sees(topic("orders", {0})).at(0).was_gone);
  }
}

TEST_CASE("a topic that is back before its reader has heard was gone all the same") {
  follower run;
  run.sees(missing("orders"));
  run.gone_after(2s);
  run.sees(topic("orders", {0}));
  run.known.set({"orders", 0}, standing::stopped);
  CHECK(run.sees(topic("orders", {0})).at(0).was_gone);
}

TEST_CASE("an error that says nothing about being there changes nothing") {
  follower run;
  kafka::topic_info denied{"orders", 29, {}};
  CHECK(run.sees(denied).empty());
  CHECK(run.gone_after(1h).empty());
}

TEST_CASE("it looks again soon while something may be over soon") {
  follower run;
  CHECK_FALSE(run.known.restless());
  run.known.set({"orders", 0}, standing::stopped);
  CHECK(run.known.restless());
  run.sees(missing("orders"));
  CHECK(run.known.restless());
  run.gone_after(3s);
  CHECK_FALSE(run.known.restless());
}

TEST_CASE("the topics that are known are each named once") {
  follower run;
  run.known.set({"orders", 1}, standing::read);
  run.known.set({"events", 0}, standing::late);
  CHECK(run.known.topics() == std::vector<std::string>{"events", "orders"});
}
