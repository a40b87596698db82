#include "kafka_fixture.hpp"

#include <logpipe/kafka/topics.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;

namespace {

/// A cluster and a handle to ask it.
struct asking {
  mock_cluster cluster;
  handle_ptr handle = make_handle(role::consumer, settings_for(cluster));

  void fill(const std::string& topic, std::int32_t partition, std::size_t count) {
    producer out(settings_for(cluster));
    out.add_topic(topic);
    const numbered_lines lines(count);
    std::vector<refusal> refused;
    out.send({0, partition}, lines.views(), std::nullopt, nullptr, refused);
    recorder seen;
    REQUIRE(settle(out, seen));
  }
};

}  // namespace

TEST_CASE("a topic is described with its partitions and their leaders") {
  asking of;
  of.cluster.make_topic("orders", 3);
  const auto info = describe_topic(of.handle.get(), "orders", 10s);
  CHECK(info.name == "orders");
  CHECK(info.error == 0);
  REQUIRE(info.partitions.size() == 3);
  CHECK(info.partitions[2].id == 2);
  CHECK(info.partitions[2].leader == 1);
}

TEST_CASE("a missing topic is an answer and not an exception") {
  asking of;
  of.cluster.make_topic("orders");
  of.cluster.topic_error("orders", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const auto info = describe_topic(of.handle.get(), "orders", 10s);
  CHECK(classify(info.error) == failure::missing);
  CHECK(info.partitions.empty());
}

TEST_CASE("a topic that may not be seen is an answer too") {
  asking of;
  of.cluster.make_topic("secret");
  of.cluster.topic_error("secret", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  CHECK(classify(describe_topic(of.handle.get(), "secret", 10s).error) == failure::denied);
}

TEST_CASE("all topics are listed") {
  asking of;
  of.cluster.make_topic("orders");
  of.cluster.make_topic("events");
  auto names = list_topics(of.handle.get(), 10s);
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"events", "orders"});
}

TEST_CASE("all topics are described") {
  asking of;
  of.cluster.make_topic("orders", 3);
  of.cluster.make_topic("events");
  const auto topics = describe_topics(of.handle.get(), 10s);
  REQUIRE(topics.size() == 2);
  const auto& orders = topics[topics[0].name == "orders" ? 0 : 1];
  CHECK(orders.name == "orders");
  CHECK(orders.partitions.size() == 3);
}

TEST_CASE("without a broker a question ends in time") {
  asking of;
  of.cluster.broker_down();
  const auto begin = clock::now();
  CHECK_THROWS_AS(describe_topic(of.handle.get(), "orders", 200ms), kafka_error);
  CHECK_THROWS_AS(list_topics(of.handle.get(), 200ms), kafka_error);
  CHECK_THROWS_AS(list_offsets(of.handle.get(), "orders", {0}, offset_spec::end, 200ms),
                  kafka_error);
  CHECK(clock::now() - begin < 5s);
}

TEST_CASE("first and last offsets are answered by partition") {
  asking of;
  of.cluster.make_topic("orders", 3);
  of.fill("orders", 0, 10);
  of.fill("orders", 2, 7);
  const auto ends = list_offsets(of.handle.get(), "orders", {0, 1, 2}, offset_spec::end, 10s);
  REQUIRE(ends.size() == 3);
  CHECK(ends.at(0).offset == 10);
  CHECK(ends.at(1).offset == 0);
  CHECK(ends.at(2).offset == 7);
  const auto begins = list_offsets(of.handle.get(), "orders", {0, 2}, offset_spec::begin, 10s);
  CHECK(begins.at(0).offset == 0);
  CHECK(begins.at(2).error == 0);
}

TEST_CASE("a partition that is not there has its own error") {
  asking of;
  of.cluster.make_topic("orders", 1);
  const auto ends = list_offsets(of.handle.get(), "orders", {0, 5}, offset_spec::end, 10s);
  CHECK(ends.at(0).offset == 0);
  CHECK(classify(ends.at(5).error) == failure::missing);
}

TEST_CASE("offsets of several topics are answered together, in the order asked") {
  asking of;
  of.cluster.make_topic("orders", 2);
  of.cluster.make_topic("events", 1);
  of.fill("orders", 1, 5);
  of.fill("events", 0, 3);
  const std::vector<topic_partition> asked{{"orders", 1}, {"events", 0}, {"orders", 0}};
  const auto ends = list_offsets(of.handle.get(), asked, offset_spec::end, 10s);
  REQUIRE(ends.size() == 3);
  CHECK(ends[0].offset == 5);
  CHECK(ends[1].offset == 3);
  CHECK(ends[2].offset == 0);
}

TEST_CASE("no partitions, no question") {
  asking of;
  CHECK(list_offsets(of.handle.get(), "orders", {}, offset_spec::end, 10s).empty());
}

TEST_CASE("a broker that does not describe configurations says nothing about sizes") {
  asking of;
  of.cluster.make_topic("orders");
  CHECK_FALSE(max_message_bytes(of.handle.get(), "orders", 10s));
}

TEST_CASE("a topic that cannot be made is an error that names it") {
  asking of;
  const new_topic wanted{"new", 3, 1};
  CHECK_THROWS_WITH(create_topic(of.handle.get(), wanted, 5s),
                    Catch::StartsWith("making topic new: "));
  const new_topic impossible{"new", -7, 1};
  CHECK_THROWS_WITH(create_topic(of.handle.get(), impossible, 5s), Catch::Contains("out of"));
}

TEST_CASE(
    "a cluster says which it is, to each that asks, and one that does not answer is unknown") {
  asking of;
  const std::string id = cluster_id(of.handle.get(), 10s);
  CHECK_FALSE(id.empty());
  const auto another = make_handle(role::producer, settings_for(of.cluster));
  CHECK(cluster_id(another.get(), 10s) == id);
  asking of_nobody;
  of_nobody.cluster.broker_down();
  CHECK(cluster_id(of_nobody.handle.get(), 100ms).empty());
}
