#include "shipping.hpp"

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>
#include <poll.h>

#include <stdexcept>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;

TEST_CASE("what is sent is acknowledged by batch and stands in the topic in order") {
  shipping to;
  const numbered_lines first(5000, "a");
  const numbered_lines second(3000, "b");
  CHECK(to.send(first.views(), &first_batch) == 5000);
  CHECK(to.send(second.views(), &second_batch) == 3000);
  CHECK(to.out().in_flight() == 8000);
  REQUIRE(to.settle());
  CHECK(to.refused.empty());
  CHECK(to.seen.failures.empty());
  CHECK(to.seen.acknowledged ==
        std::map<void*, std::size_t>{{&first_batch, 5000}, {&second_batch, 3000}});
  auto expected = first.texts();
  expected.insert(expected.end(), second.texts().begin(), second.texts().end());
  CHECK(to.cluster.values_of("log") == expected);
}

TEST_CASE("acknowledgements of a batch are told in runs, not one by one") {
  shipping to;
  const numbered_lines lines(5000);
  to.send(lines.views(), &first_batch);
  REQUIRE(to.settle());
  CHECK(to.seen.calls < 100);
}

TEST_CASE("a batch goes to the partition that is named") {
  shipping to(3);
  to.send({"zero"}, nullptr, 0);
  to.send({"two"}, nullptr, 2);
  REQUIRE(to.settle());
  const auto records = to.cluster.records_of("log");
  REQUIRE(records.size() == 2);
  CHECK(records[0].partition == 0);
  CHECK(records[1].partition == 2);
  CHECK(records[1].value == "two");
}

TEST_CASE("an empty payload is an empty value and not a null one") {
  shipping to;
  to.send({"", std::string_view(), "text"});
  REQUIRE(to.settle());
  CHECK(to.cluster.values_of("log") == std::vector<std::string>{"", "", "text"});
}

TEST_CASE("a key is kept, an empty one too, and none is none") {
  shipping to;
  to.send({"1"}, nullptr, 0, "web01");
  to.send({"2"}, nullptr, 0, "");
  to.send({"3"}, nullptr, 0);
  REQUIRE(to.settle());
  const auto records = to.cluster.records_of("log");
  REQUIRE(records.size() == 3);
  CHECK(records[0].key == "web01");
  CHECK(records[1].key == "");
  CHECK_FALSE(records[2].key);
}

TEST_CASE("a record longer than message.max.bytes is refused by its place, the others are taken") {
  shipping to;
  to.settings.set("message.max.bytes", "2000", "test");
  const std::string large(3000, 'x');
  CHECK(to.send({"a", large, "b", large, "c"}, &first_batch) == 3);
  REQUIRE(to.refused.size() == 2);
  CHECK(to.refused[0].index == 1);
  CHECK(to.refused[1].index == 3);
  CHECK(classify(to.refused[0].error) == failure::too_large);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged[&first_batch] == 3);
  CHECK(to.cluster.values_of("log") == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a refused record is named by its place in the whole call, however long that is") {
  shipping to;
  to.settings.set("message.max.bytes", "2000", "test");
  const std::string large(3000, 'x');
  const numbered_lines lines(5000);
  auto payloads = lines.views();
  payloads[4321] = large;
  CHECK(to.send(payloads) == 4999);
  REQUIRE(to.refused.size() == 1);
  CHECK(to.refused[0].index == 4321);
  REQUIRE(to.settle());
}

TEST_CASE("a partition that is not there fails as a whole") {
  shipping to(2);
  to.send({"known"}, nullptr, 1);
  REQUIRE(to.settle());  // the partitions are known now
  CHECK(to.send({"a", "b"}, nullptr, 7) == 0);
  REQUIRE(to.refused.size() == 2);
  CHECK(classify(to.refused[0].error) == failure::missing);
}

TEST_CASE("errors that pass lose nothing and write nothing twice") {
  shipping to;
  to.settings.set("retry.backoff.ms", "1", "test");
  to.cluster.fail_next(
      request::produce,
      {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__TRANSPORT,
       RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE});
  const numbered_lines lines(2000);
  to.send(lines.views(), &first_batch);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged[&first_batch] == 2000);
  CHECK(to.seen.failures.empty());
  CHECK(to.cluster.values_of("log") == lines.texts());
}

TEST_CASE("a batch that the broker finds too large is reported record by record") {
  shipping to;
  to.cluster.fail_next(request::produce, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
  to.settings.set("linger.ms", "50", "test");  // one batch
  to.send({"a", "b", "c"}, &first_batch);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged.empty());
  REQUIRE(to.seen.failures.size() == 3);
  for (const auto& failure : to.seen.failures) {
    CHECK(failure.tag == &first_batch);
    CHECK(classify(failure.error) == kafka::failure::too_large);
  }
  CHECK(to.seen.failures[1].payload == "b");
  CHECK(to.cluster.values_of("log").empty());
}

TEST_CASE("a broker that is down at the start is waited for") {
  shipping to;
  to.cluster.broker_down();
  const numbered_lines lines(100);
  to.send(lines.views(), &first_batch);
  REQUIRE(to.hear(notice::kind::unreachable));
  CHECK(to.out().in_flight() == 100);
  CHECK(to.seen.failures.empty());
  to.cluster.broker_up();
  REQUIRE(to.settle());
  CHECK(to.cluster.values_of("log") == lines.texts());
}

TEST_CASE("a broker that goes away in the middle and comes back loses nothing") {
  shipping to;
  const numbered_lines before(1000, "before ");
  const numbered_lines during(1000, "during ");
  to.send(before.views(), &first_batch);
  REQUIRE(to.settle());
  to.cluster.broker_down();
  to.send(during.views(), &second_batch);
  REQUIRE(to.hear(notice::kind::unreachable));
  to.cluster.broker_up();
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged[&second_batch] == 1000);
  auto expected = before.texts();
  expected.insert(expected.end(), during.texts().begin(), during.texts().end());
  CHECK(to.cluster.values_of("log") == expected);
}

TEST_CASE("purge reports what is held as failed") {
  shipping to;
  to.cluster.broker_down();
  const numbered_lines lines(10);
  to.send(lines.views(), &first_batch);
  to.out().purge();
  REQUIRE(to.settle());
  REQUIRE(to.seen.failures.size() == 10);
  CHECK(to.seen.failures[0].error == RD_KAFKA_RESP_ERR__PURGE_QUEUE);
  CHECK(to.seen.acknowledged.empty());
}

TEST_CASE("the descriptor wakes who waits for an acknowledgement") {
  shipping to;
  to.send({"one"}, &first_batch);
  REQUIRE(eventually([&] {
    pollfd readable{to.out().wake_fd(), POLLIN, 0};
    if (poll(&readable, 1, 10000) == 1) to.out().serve(to.seen, 0ms);
    return to.seen.acknowledged[&first_batch] == 1;
  }));
  // All was taken: nothing is left to wake for.
  to.out().serve(to.seen, 0ms);
  pollfd readable{to.out().wake_fd(), POLLIN, 0};
  CHECK(poll(&readable, 1, 0) == 0);
}

TEST_CASE("a sink that throws misses no later report") {
  struct throwing : recorder {
    bool armed = true;
    void delivered(void* tag, std::size_t count) override {
      recorder::delivered(tag, count);
      if (std::exchange(armed, false)) throw std::runtime_error("full");
    }
  } sink;
  shipping to;
  to.settings.set("linger.ms", "50", "test");  // both batches in one report
  to.send({"a", "b"}, &first_batch);
  to.send({"c"}, &second_batch);
  CHECK_THROWS_AS(to.out().serve(sink, 10s), std::runtime_error);
  REQUIRE(settle(to.out(), sink));
  CHECK(sink.acknowledged[&first_batch] == 2);
  CHECK(sink.acknowledged[&second_batch] == 1);
}

TEST_CASE("fewer acknowledgements than all are obeyed, and known as weaker") {
  shipping to;
  CHECK_FALSE(weakens_delivery(to.settings));
  to.settings.set("acks", "1", "-X");
  CHECK(weakens_delivery(to.settings));
  to.send({"a"}, &first_batch);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged[&first_batch] == 1);
}

TEST_CASE("settings that contradict each other are a config_error") {
  config settings;
  settings.set("max.in.flight", "100", "-X");
  CHECK_THROWS_WITH(producer{settings}, Catch::Contains("max.in.flight"));
}

TEST_CASE("one producer serves several topics, and one that refuses us fails alone") {
  shipping to;
  to.cluster.make_topic("closed", 2);
  to.cluster.topic_error("closed", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  const auto closed = to.out().add_topic("closed");
  REQUIRE(closed == 1);
  const numbered_lines lines(100);
  to.out().send({closed, 1}, lines.views(), std::nullopt, &second_batch, to.refused);
  const auto refused_at_once = to.refused.size();
  to.send(lines.views(), &first_batch);
  REQUIRE(to.settle());
  CHECK(to.seen.acknowledged == std::map<void*, std::size_t>{{&first_batch, 100}});
  CHECK(to.seen.failures.size() + refused_at_once == 100);
  for (const auto& failed : to.seen.failures) {
    CHECK(failed.tag == &second_batch);
  }

  to.cluster.topic_error("closed", 0);
  CHECK(eventually([&] {
    to.out().send({closed, 1}, std::vector<std::string_view>{"open again"}, std::nullopt,
                  &second_batch, to.refused);
    settle(to.out(), to.seen);
    return to.seen.acknowledged.count(&second_batch) == 1;
  }));
}
