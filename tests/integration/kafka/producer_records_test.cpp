// Records with keys, headers and timestamps of their own, beside the plain batches of
// producer_test.
#include "shipping.hpp"

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;

TEST_CASE("full records keep their own keys and values; null and empty are told apart") {
  shipping to;
  std::vector<outgoing_record> records(4);
  records[0] = {"value", "key", {}, -1, &first_batch};
  records[1] = {std::nullopt, "tombstone", {}, -1, &first_batch};
  records[2] = {"", "", {}, -1, &first_batch};
  records[3] = {"no key", std::nullopt, {}, -1, &second_batch};
  CHECK(to.send_records(records) == 4);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged ==
        std::map<void*, std::size_t>{{&first_batch, 3}, {&second_batch, 1}});
  const auto stored = to.cluster.records_of("log");
  REQUIRE(stored.size() == 4);
  CHECK(stored[0].key == "key");
  CHECK(stored[1].key == "tombstone");
  CHECK_FALSE(stored[1].value);
  CHECK(stored[2].key == "");
  CHECK(stored[2].value == "");
  CHECK_FALSE(stored[3].key);
}

TEST_CASE("headers and timestamps arrive as they were, also a null value and a name twice") {
  shipping to;
  const std::vector<header> headers = {{"trace", "1"}, {"trace", std::nullopt}, {"", ""}};
  std::vector<outgoing_record> records(4);
  records[0] = {"with both", "k", headers, 1'700'000'000'123, &first_batch};
  records[1] = {std::nullopt, std::nullopt, headers, -1, &first_batch};
  records[2] = {"with a time", std::nullopt, {}, 1'600'000'000'000, &first_batch};
  records[3] = {"of the epoch", std::nullopt, {}, 0, &first_batch};
  CHECK(to.send_records(records) == 4);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged[&first_batch] == 4);
  const auto stored = to.cluster.records_of("log");
  REQUIRE(stored.size() == 4);
  using header_list = decltype(stored[0].headers);
  const header_list expected = {{"trace", "1"}, {"trace", std::nullopt}, {"", ""}};
  CHECK(stored[0].headers == expected);
  CHECK(stored[0].timestamp == 1'700'000'000'123);
  CHECK(stored[0].key == "k");
  CHECK(stored[1].headers == expected);
  CHECK_FALSE(stored[1].value);
  CHECK(stored[2].headers.empty());
  CHECK(stored[2].timestamp == 1'600'000'000'000);
  CHECK(stored[3].timestamp == 1);
}

TEST_CASE("records with headers stay in their place between those without") {
  shipping to;
  const std::vector<header> headers = {{"partial", "1"}};
  const numbered_lines lines(3000);
  std::vector<outgoing_record> records;
  for (std::size_t i = 0; i < lines.views().size(); ++i) {
    records.push_back({lines.views()[i], std::nullopt, {}, -1, &first_batch});
    if (i % 7 == 0) records.back().headers = headers;
  }
  CHECK(to.send_records(records) == 3000);
  REQUIRE(to.settle());
  CHECK(to.cluster.values_of("log") == lines.texts());
}

TEST_CASE("a full record that is too large is refused by its place, with headers and without") {
  shipping to;
  to.settings.set("message.max.bytes", "2000", "test");
  const std::string large(3000, 'x');
  const std::vector<header> headers = {{"h", "v"}};
  std::vector<outgoing_record> records(4);
  records[0] = {"a", {}, {}, -1, &first_batch};
  records[1] = {large, {}, {}, -1, &first_batch};
  records[2] = {large, {}, headers, -1, &first_batch};
  records[3] = {"d", {}, headers, -1, &first_batch};
  CHECK(to.send_records(records) == 2);
  REQUIRE(to.refused.size() == 2);
  CHECK(to.refused[0].index == 1);
  CHECK(to.refused[1].index == 2);
  CHECK(classify(to.refused[1].error) == failure::too_large);
  REQUIRE(to.settle());
  CHECK(to.cluster.values_of("log") == std::vector<std::string>{"a", "d"});
}

TEST_CASE("a full record that fails is handed back itself") {
  shipping to;
  to.cluster.fail_next(request::produce, {RD_KAFKA_RESP_ERR_INVALID_RECORD});
  to.settings.set("linger.ms", "50", "test");  // one batch
  const std::vector<header> headers = {{"h", "v"}};
  std::vector<outgoing_record> records(2);
  records[0] = {"a", "k", {}, -1, &first_batch};
  records[1] = {std::nullopt, {}, headers, -1, &first_batch};
  to.send_records(records);
  REQUIRE(to.settle());
  REQUIRE(to.seen.failed_records.size() == 2);
  CHECK(to.seen.failed_records[0].first == &records[0]);
  CHECK(to.seen.failed_records[1].first == &records[1]);
  CHECK(classify(to.seen.failed_records[1].second) == failure::invalid);
  CHECK(to.out().in_flight() == 0);
}
