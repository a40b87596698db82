#include "kafka_fixture.hpp"

#include <logpipe/kafka/cluster.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>

#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;

namespace {

/// A cluster and a handle to ask it.
struct asking {
  explicit asking(int brokers = 1) : cluster(brokers) {}

  mock_cluster cluster;
  handle_ptr handle = make_handle(role::consumer, settings_for(cluster));

  cluster_info describe() { return describe_cluster(handle.get(), 10s); }

  /// All partitions of all topics, in their order.
  std::vector<led_partition> partitions() {
    std::vector<led_partition> all;
    for (const auto& topic : describe().topics) {
      for (const auto& each : topic.partitions) {
        all.push_back({topic.name, each.id, each.leader});
      }
    }
    return all;
  }
  std::vector<offset_answer> find(std::int64_t time, milliseconds timeout = 10s) {
    const auto all = partitions();
    return find_offsets(handle.get(), all, time, timeout);
  }
  void write(const std::string& topic, std::int32_t partition, std::size_t count) {
    cluster.write(topic, partition, std::vector<plain_record>(count, {{}, "x", {}}));
  }
};

}  // namespace

TEST_CASE("a cluster tells its brokers, and its topics and partitions in order") {
  asking of(3);
  of.cluster.make_topic("orders", 2);
  of.cluster.make_topic("events", 1);
  const auto cluster = of.describe();
  REQUIRE(cluster.brokers.size() == 3);
  CHECK(cluster.brokers[0].id == 1);
  CHECK(cluster.brokers[2].id == 3);
  CHECK(cluster.brokers[1].host == "127.0.0.1");
  CHECK(of.cluster.brokers().find(std::to_string(cluster.brokers[1].port)) != std::string::npos);
  REQUIRE(cluster.topics.size() == 2);
  CHECK(cluster.topics[0].name == "events");
  CHECK(cluster.topics[1].name == "orders");
  REQUIRE(cluster.topics[1].partitions.size() == 2);
  CHECK(cluster.topics[1].partitions[1].id == 1);
}

TEST_CASE("a partition tells its leader and who holds it") {
  asking of(2);
  of.cluster.make_topic("orders", 1);
  of.cluster.lead("orders", 0, 2);
  const auto partition = of.describe().topics.at(0).partitions.at(0);
  CHECK(partition.leader == 2);
  CHECK_THAT(partition.replicas, Catch::VectorContains(2));
  CHECK(partition.in_sync == partition.replicas);
}

TEST_CASE("a partition without a leader says so, and is not asked for offsets") {
  asking of;
  of.cluster.make_topic("orders", 2);
  of.cluster.lead("orders", 0, -1);
  CHECK(of.describe().topics.at(0).partitions.at(0).leader == -1);
  const auto ends = of.find(at_end);
  CHECK(ends.at(0).error == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE);
  CHECK(ends.at(1).error == 0);
  CHECK(ends.at(1).offset == 0);
}

TEST_CASE("offsets of several topics come in the order they were asked for") {
  asking of(3);
  of.cluster.make_topic("events", 3);
  of.cluster.make_topic("orders", 3);
  for (const std::int32_t broker : {1, 2, 3}) {
    of.cluster.lead("events", broker - 1, broker);
    of.cluster.lead("orders", broker - 1, 4 - broker);
  }
  of.write("events", 0, 10);
  of.write("events", 2, 12);
  of.write("orders", 1, 21);
  std::vector<std::int64_t> ends;
  for (const auto& answer : of.find(at_end)) {
    CHECK(answer.error == 0);
    ends.push_back(answer.offset);
  }
  CHECK(ends == std::vector<std::int64_t>{10, 0, 12, 0, 21, 0});
  for (const auto& answer : of.find(at_begin)) {
    CHECK(answer.offset == 0);
  }
}

TEST_CASE("a leader that does not answer hides the offsets of its own partitions only") {
  asking of(2);
  of.cluster.make_topic("orders", 2);
  of.cluster.lead("orders", 0, 1);
  of.cluster.lead("orders", 1, 2);
  of.write("orders", 0, 5);
  of.find(at_end);  // both are connected
  const auto all = of.partitions();
  of.cluster.broker_down(2);
  const auto begin = clock::now();
  const auto ends = find_offsets(of.handle.get(), all, at_end, 500ms);
  CHECK(clock::now() - begin < 10s);
  CHECK(ends.at(0).offset == 5);
  CHECK(classify(ends.at(1).error) == failure::unreachable);
}

TEST_CASE("one partition's error does not hide what the others of its request say") {
  asking of;
  of.cluster.make_topic("orders", 7);
  of.write("orders", 6, 3);
  auto all = of.partitions();
  all.insert(all.begin() + 3, {"orders", 99, 1});
  const auto ends = find_offsets(of.handle.get(), all, at_end, 10s);
  REQUIRE(ends.size() == 8);
  CHECK(classify(ends[3].error) == failure::missing);
  CHECK(ends[7].offset == 3);
}

TEST_CASE("a request that is refused as a whole is asked again in halves") {
  asking of;
  of.cluster.make_topic("orders", 4);
  of.write("orders", 3, 3);
  const auto all = of.partitions();
  of.cluster.fail_next(request::list_offsets, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  const auto ends = find_offsets(of.handle.get(), all, at_end, 10s);
  CHECK(ends.at(3).offset == 3);
}

TEST_CASE("a thousand partitions are asked in well under a second") {
  asking of(3);
  of.cluster.make_topic("many", 1000);
  const auto all = of.partitions();
  find_offsets(of.handle.get(), std::span(all).first(3), at_end, 10s);  // connected
  const auto begin = clock::now();
  const auto ends = find_offsets(of.handle.get(), all, at_end, 10s);
  const auto took = clock::now() - begin;
  INFO(std::chrono::duration_cast<milliseconds>(took).count() << " ms");
  CHECK(took < 5s);  // on whatever machine
  for (const auto& end : ends) {
    REQUIRE(end.error == 0);
  }
}

TEST_CASE("no partitions: nothing is asked") {
  asking of;
  of.cluster.broker_down();
  CHECK(find_offsets(of.handle.get(), {}, at_end, 10s).empty());
}

TEST_CASE("a cluster of which no broker answers is an error in time") {
  asking of;
  of.cluster.broker_down();
  const auto begin = clock::now();
  CHECK_THROWS_AS(describe_cluster(of.handle.get(), 200ms), kafka_error);
  CHECK(clock::now() - begin < 5s);
}
