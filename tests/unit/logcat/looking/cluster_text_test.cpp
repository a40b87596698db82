#include "logcat/looking/cluster_text.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

constexpr kafka::error_code timed_out = -185;
constexpr kafka::error_code leader_not_available = 5;

partition_facts well(std::int32_t id, std::int64_t begin, std::int64_t end) {
  return {{id, 1, {1, 2}, {1, 2}}, begin, end, end, 0};
}

partition_facts leaderless(std::int32_t id) {
  return {{id, -1, {2}, {2}}, {}, {}, {}, leader_not_available};
}

partition_facts under_replicated(std::int32_t id) {
  auto facts = well(id, 0, 5);
  facts.info.in_sync = {1};
  return facts;
}

partition_facts held_back(std::int32_t id) {
  auto facts = well(id, 0, 100);
  facts.stable = 90;
  return facts;
}

partition_facts unanswered(std::int32_t id) {
  return {{id, 2, {1, 2}, {1, 2}}, {}, {}, {}, timed_out};
}

cluster_facts with_topic(std::vector<partition_facts> partitions,
                         const std::string& name = "orders") {
  cluster_facts cluster;
  cluster.topics.push_back({name, 0, std::move(partitions)});
  return cluster;
}

std::string text_of(const cluster_facts& cluster, bool coloured = false) {
  output_buffer out;
  append_cluster_text(out, cluster, coloured);
  return std::string(out.view());
}

std::string json_of(const cluster_facts& cluster) {
  output_buffer out;
  append_cluster_json(out, cluster);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("partitions that are well have a row each and no remark") {
  CHECK(text_of(with_topic({well(0, 3, 10), well(1, 0, 0)})) ==
        "TOPIC   PARTITION  LEADER  REPLICAS  IN-SYNC  FIRST  END  OFFSETS\n"
        "orders          0       1  1,2       1,2          3   10        7\n"
        "orders          1       1  1,2       1,2          0    0        0\n"
        "\n"
        "1 topic, 2 partitions\n");
}

TEST_CASE("partitions that are not well stand out") {
  const auto text = text_of(with_topic({leaderless(0), under_replicated(1), unanswered(2)}));
  CHECK_THAT(text, Catch::Contains("none  2         2            ?    ?        ?  no leader\n"));
  CHECK_THAT(text, Catch::Contains("under-replicated, 1 of 2\n"));
  CHECK_THAT(text, Catch::Contains("?  broker 2 does not answer\n"));
  CHECK_THAT(text, Catch::EndsWith("1 topic, 3 partitions: 1 without a leader, 1 under-replicated, "
                                   "1 with unknown offsets\n"));
}

TEST_CASE("on a terminal they have a colour") {
  const auto text = text_of(with_topic({well(0, 0, 1), leaderless(1), under_replicated(2)}), true);
  CHECK_THAT(text, Catch::Contains("\norders          0"));
  CHECK_THAT(text, Catch::Contains("\n\x1b[31morders          1"));
  CHECK_THAT(text, Catch::Contains("\n\x1b[33morders          2"));
}

TEST_CASE("the last stable offset is shown where it differs from the end") {
  CHECK_THAT(text_of(with_topic({well(0, 0, 9)})), !Catch::Contains("STABLE"));
  const auto text = text_of(with_topic({well(0, 0, 9), held_back(1)}));
  CHECK_THAT(text, Catch::Contains("END  STABLE  OFFSETS\n"));
  CHECK_THAT(text, Catch::Contains("    0    9                9\n"));
  CHECK_THAT(text, Catch::Contains("  100      90      100  10 behind an open transaction\n"));
}

TEST_CASE("an internal topic is marked") {
  CHECK_THAT(text_of(with_topic({well(0, 0, 9)}, "__consumer_offsets")),
             Catch::Contains("9  internal\n"));
}

TEST_CASE("a topic that says nothing of its partitions is listed with the reason") {
  cluster_facts cluster;
  cluster.topics.push_back({"orders", leader_not_available, {}});
  CHECK_THAT(text_of(cluster), Catch::Contains("orders  ") && Catch::Contains("Leader not"));
}

TEST_CASE("brokers tell what they lead and hold; one that is away is missed") {
  kafka::cluster_info known;
  known.brokers = {{1, "a.example", 9092}, {3, "c.example", 9092}};
  known.controller = 3;
  auto cluster = with_topic({well(0, 0, 1), under_replicated(1)});
  cluster.brokers = brokers_of(known, cluster.topics);
  CHECK_THAT(text_of(cluster),
             Catch::StartsWith("BROKER  ADDRESS         LEADS  HOLDS\n"
                               "     1  a.example:9092      2      2\n"
                               "     2  ?                   0      2  away\n"
                               "     3  c.example:9092      0      0  controller\n"
                               "\n"));
}

TEST_CASE("as JSON everything has its own object with the same fields") {
  kafka::cluster_info known;
  known.brokers = {{1, "a.example", 9092}};
  known.controller = 1;
  auto cluster = with_topic({held_back(0), leaderless(1)});
  cluster.brokers = brokers_of(known, cluster.topics);
  CHECK(
      json_of(cluster) ==
      R"({"type":"broker","id":1,"host":"a.example","port":9092,"controller":true,"leads":1,"holds":1}
{"type":"broker","id":2,"host":null,"port":null,"controller":false,"leads":0,"holds":2}
{"type":"topic","topic":"orders","internal":false,"partitions":2,"under_replicated":0,"leaderless":1,"offsets":100,"error":null}
{"type":"partition","topic":"orders","partition":0,"leader":1,"replicas":[1,2],"isr":[1,2],"first":0,"end":100,"stable":90,"offsets":100,"under_replicated":false,"error":null}
{"type":"partition","topic":"orders","partition":1,"leader":null,"replicas":[2],"isr":[2],"first":null,"end":null,"stable":null,"offsets":null,"under_replicated":false,"error":"LEADER_NOT_AVAILABLE"}
)");
}

TEST_CASE("a cluster without topics is one too") {
  CHECK(text_of({}) == "0 topics, 0 partitions\n");
  CHECK(json_of({}).empty());
}
