#include <logpipe/kafka/producer.hpp>
#include <logpipe/ship/shipper.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <support/chunk_of.hpp>
#include <support/mock_cluster.hpp>
#include <vector>

using namespace logpipe;
using namespace logpipe::test;

namespace {

// librdkafka's codes, as the mock cluster answers them.
constexpr int request_timed_out = 7;
constexpr int not_enough_replicas = 19;
constexpr int not_leader = 6;
constexpr int msg_size_too_large = 10;

/// A shipper with a real producer, and a cluster that can be broken.
class delivery_story {
public:
  explicit delivery_story(int partitions = 1) : cluster(2) {
    cluster.make_topic("t", partitions);
    shipper.emplace(
        ship::shipper::options{}, [this] { return make_producer(); },
        [this](const ship::event& event) { events.push_back(event); });
    shipper->add_source(0, shipper->add_topic("t"), "/log");
    shipper->partitions_counted(0, partitions);
  }

  /// Numbered lines in one chunk, remembered as what must come out.
  void ship(std::size_t count) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < count; ++i) {
      lines.push_back(fmt::format("line {}", expected.size()));
      expected.push_back(lines.back());
    }
    ship::parcel parcel;
    parcel.chunk = chunk_of(lines, m_end);
    parcel.chunk.generation = 1;
    m_end = parcel.chunk.end;
    shipper->ship(parcel, clock::now());
  }
  /// Serves until every record has been acknowledged; the bound is generous, it ends as soon as it
  /// can.
  void deliver_all() {
    const auto bound = clock::now() + std::chrono::seconds(30);
    while (shipper->unfinished() > 0 && clock::now() < bound) {
      shipper->serve(milliseconds(20), clock::now());
    }
    REQUIRE(shipper->unfinished() == 0);
  }
  bool told_held() const {
    return std::any_of(events.begin(), events.end(),
                       [](const auto& event) { return std::holds_alternative<ship::held>(event); });
  }

  mock_cluster cluster;
  std::vector<std::string> expected;
  std::vector<ship::event> events;
  std::optional<ship::shipper> shipper;

private:
  std::unique_ptr<kafka::record_sender> make_producer() {
    kafka::config settings;
    settings.set("bootstrap.servers", cluster.brokers(), "test");
    settings.set("reconnect.backoff.max.ms", "200", "test");
    settings.set("compression.codec", "lz4", "test");
    return std::make_unique<kafka::producer>(settings);
  }
  std::uint64_t m_end = 0;
};

}  // namespace

TEST_CASE("lines arrive once, in order, and move the position to their end") {
  delivery_story story;
  for (int i = 0; i < 20; ++i)
    story.ship(500);
  story.deliver_all();
  CHECK(story.cluster.values_of("t") == story.expected);
  CHECK(story.shipper->counted().delivered == 10'000);
}

TEST_CASE("errors that pass cost nothing: no line lost, none twice, in order") {
  delivery_story story;
  story.cluster.fail_next(request::produce, {not_leader, not_enough_replicas, not_enough_replicas});
  for (int i = 0; i < 10; ++i)
    story.ship(100);
  story.deliver_all();
  CHECK(story.cluster.values_of("t") == story.expected);
  CHECK_FALSE(story.told_held());
}

TEST_CASE("a broker that goes away and comes back loses nothing") {
  delivery_story story;
  story.cluster.lead("t", 0, 1);
  story.ship(100);
  story.deliver_all();
  story.cluster.broker_down(1);
  for (int i = 0; i < 10; ++i)
    story.ship(100);
  const auto until = clock::now() + milliseconds(300);
  while (clock::now() < until)
    story.shipper->serve(milliseconds(50), clock::now());
  CHECK(story.shipper->unfinished() > 0);
  story.cluster.broker_up(1);
  story.deliver_all();
  CHECK(story.cluster.values_of("t") == story.expected);
}

TEST_CASE("a batch that the broker finds too large is sent again, in order") {
  delivery_story story;
  story.cluster.fail_next(request::produce, {msg_size_too_large});
  story.ship(50);
  story.deliver_all();
  CHECK(story.cluster.values_of("t") == story.expected);
  CHECK(story.shipper->counted().passed_over == 0);
}

TEST_CASE("a record that is too large when it is alone is passed over, the rest arrives") {
  delivery_story story;
  // As a batch, as a batch of a refitted producer, alone.
  story.cluster.fail_next(request::produce,
                          {msg_size_too_large, msg_size_too_large, msg_size_too_large});
  story.ship(3);
  story.deliver_all();
  CHECK(story.cluster.values_of("t") == std::vector<std::string>{"line 1", "line 2"});
  CHECK(story.shipper->counted().passed_over == 1);
  CHECK(story.shipper->acknowledged().position(1).offset == 21);
}

TEST_CASE("an idempotence error that is fatal in librdkafka loses nothing") {
  delivery_story story;
  story.ship(10);
  story.deliver_all();
  story.cluster.fail_next(request::produce,
                          {request_timed_out, 45 /* OUT_OF_ORDER_SEQUENCE_NUMBER */, 45, 45, 45});
  for (int i = 0; i < 5; ++i)
    story.ship(10);
  story.deliver_all();
  const auto values = story.cluster.values_of("t");
  for (const auto& line : story.expected) {
    CHECK(std::find(values.begin(), values.end(), line) != values.end());
  }
}
