#include "shipper_story.hpp"

#include <logpipe/base/hash.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

namespace {

ship::shipper::options with_memory(std::size_t memory) {
  ship::shipper::options options;
  options.memory = memory;
  return options;
}

ship::shipper::options with_routing(ship::routing how) {
  ship::shipper::options options;
  options.routing = how;
  return options;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("positions move when the broker acknowledges, not when lines are sent") {
  shipper_story story;
  story.ship(1, {"one", "two"});
  story.serve();
  CHECK(story.shipper.acknowledged().position(1) == 0);
  CHECK(story.shipper.unfinished() == 2);
  story.broker_takes_all();
  CHECK(story.shipper.acknowledged().position(1) == 8);
  CHECK(story.shipper.unfinished() == 0);
  CHECK(story.shipper.counted().delivered == 2);
}

TEST_CASE("reading stops at the bound on memory, which counts 200 bytes for each record") {
  shipper_story story(with_memory(3 * 200 + 100));
  story.ship(1, {"1234567", "1234567"});
  CHECK(story.shipper.has_room());
  story.ship(1, {"1234567", "1234567"});
  CHECK_FALSE(story.shipper.has_room());
  story.broker_takes_all();
  CHECK(story.shipper.has_room());
}

TEST_CASE(
    "a record too large is told with its offset and size, counted, and passed by the position") {
  shipper_story story;
  story.sender->refuse = [](std::string_view line) {
    return line == "HUGE" ? msg_size_too_large : 0;
  };
  story.ship(3, {"small", "HUGE", "tail"});
  story.serve();
  story.broker_takes_all();
  const auto told = story.told<ship::passed_over>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].generation == 3);
  CHECK(told[0].offset == 6);
  CHECK(told[0].size == 4);
  CHECK(told[0].topic == "t");
  CHECK(told[0].error == msg_size_too_large);
  CHECK_FALSE(told[0].kept);
  CHECK(story.shipper.counted().passed_over == 1);
  CHECK(story.shipper.acknowledged().position(3) == 16);
}

TEST_CASE("a partition that holds is told once, and once when it takes lines again") {
  shipper_story story;
  story.ship(1, {"a"});
  for (int i = 0; i < 5; ++i) {
    story.sender->fail_all(unknown_topic);
    story.serve();
    story.now += milliseconds(60'000);
    story.serve();
  }
  CHECK(story.told<ship::held>().size() == 1);
  CHECK(story.told<ship::held>()[0].error == unknown_topic);
  story.broker_takes_all();
  CHECK(story.told<ship::resumed>().size() == 1);
  CHECK(story.shipper.counted().delivered == 1);
}

TEST_CASE("a partition that holds does not hold the others") {
  shipper_story story;
  story.ship(0, {"a"});
  story.ship(1, {"b"});
  story.sender->answer(
      [](const auto& record) { return record.to.partition == 0 ? unknown_topic : 0; });
  story.serve();
  story.ship(0, {"c"});
  story.ship(1, {"d"});
  const auto in_flight = story.sender->lines_in_flight();
  CHECK(std::set<std::string>(in_flight.begin(), in_flight.end()) ==
        std::set<std::string>{"a", "d"});
}

TEST_CASE("a fatal error brings a new sender, which sends what was not confirmed, in order") {
  shipper_story story;
  story.ship(1, {"a", "b"});
  story.broker_takes_all();
  story.ship(1, {"c", "d"});
  story.ship(1, {"e"});
  story.sender->notices.push_back({kafka::notice::kind::fatal, 0, "sequence lost"});
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.sender->lines_in_flight() == lines{"c", "d", "e"});
  const auto told = story.told<ship::sender_replaced>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].again == 3);
  CHECK(told[0].reason == "sequence lost");
  story.broker_takes_all();
  CHECK(story.shipper.acknowledged().position(1) == 10);
}

TEST_CASE("a batch larger than the topic takes brings a sender that is made for smaller ones") {
  shipper_story story;
  story.ship(1, {"a", "b"});
  story.ship(1, {"c"});
  story.ship(2, {"x"});
  auto& outdated = *story.sender;
  // The broker has the first batch; what is behind it has not been sent.
  const std::vector<fake_sender::sent> behind(outdated.in_air.begin() + 2, outdated.in_air.end());
  outdated.in_air.resize(2);
  outdated.fail_all(msg_size_too_large);
  outdated.in_air = behind;
  outdated.on_the_wire = 1;
  story.serve();
  CHECK(story.senders_made == 1);  // c is on the wire
  story.ship(1, {"d"});
  CHECK(story.sender->lines_in_flight() == lines{"c"});

  outdated.acknowledge_all();
  story.serve();
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.told<ship::sender_refitted>().size() == 1);
  CHECK(story.sender->group_sizes.front() == 2);  // together, not one by one
  const auto sent = story.sender->lines_in_flight();
  CHECK(std::set<std::string>(sent.begin(), sent.end()) == std::set<std::string>{"a", "b", "x"});
  story.broker_takes_all();
  CHECK(story.shipper.counted().delivered == 5);
}

TEST_CASE("a batch that is refused by the refitted sender too is sent one by one") {
  shipper_story story;
  story.ship(1, {"a", "HUGE", "c"});
  story.sender->fail_all(msg_size_too_large);
  story.serve();
  story.serve();
  REQUIRE(story.senders_made == 2);
  story.sender->fail_all(msg_size_too_large);
  for (int i = 0; i < 10; ++i) {
    story.serve();
    story.sender->answer(
        [](const auto& record) { return record.line == "HUGE" ? msg_size_too_large : 0; });
  }
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.shipper.unfinished() == 0);
  CHECK(story.shipper.counted().delivered == 2);
  CHECK(story.shipper.counted().passed_over == 1);
}

TEST_CASE("lines keep the memory that they point into until they are done with") {
  shipper_story story;
  std::weak_ptr<char[]> memory;
  {
    auto parcel = story.parcel_of(1, {"x"});
    memory = parcel.chunk.memory;
    story.shipper.ship(parcel, story.now);
  }
  CHECK_FALSE(memory.expired());
  story.broker_takes_all();
  CHECK(memory.expired());
}

TEST_CASE(
    "records with keys of their own go to several partitions, and are one step of the position") {
  shipper_story story(with_routing({ship::routing::kind::key}));
  const auto position = [&] { return story.shipper.acknowledged().position(0); };
  const std::vector<std::string> keys = {"a", "b", "c", "d", "a", "b", "c", "d"};
  story.ship_keyed(0, {"1", "2", "3", "4", "5", "6", "7", "8"}, keys);
  std::map<std::string, std::set<std::int32_t>> partitions_of;
  for (const auto& sent : story.sender->in_air) {
    partitions_of[std::string(*sent.full->key)].insert(sent.to.partition);
  }
  std::set<std::int32_t> used;
  for (const auto& [key, partitions] : partitions_of) {
    CHECK(partitions == std::set<std::int32_t>{murmur2_partition(key, 4)});
    used.insert(partitions.begin(), partitions.end());
  }
  REQUIRE(used.size() > 1);

  const auto last = *used.rbegin();
  story.sender->acknowledge_if([&](const auto& sent) { return sent.to.partition != last; });
  story.serve();
  CHECK(position() == 0);
  story.broker_takes_all();
  CHECK(position() == 16);
  CHECK(story.shipper.counted().delivered == 8);
  CHECK(story.shipper.counted().bytes == 16);
  CHECK(story.shipper.memory_taken() == 0);
}

TEST_CASE("full records keep what they point into until the last of them is done with") {
  shipper_story story(with_routing({ship::routing::kind::key}));
  story.ship_keyed(0, {"1", "2"}, {"a key that is long enough to be on the heap", "b"});
  CHECK(story.sender->in_air[0].full->key->size() > 0);
  auto parcel = story.parcel_of(0, {"3"});
  parcel.records.push_back({parcel.chunk.lines[0], {}, {}, -1, nullptr});
  const auto store = std::make_shared<int>(1);
  parcel.store = store;
  story.shipper.ship(parcel, story.now);
  CHECK(store.use_count() == 2);
  story.broker_takes_all();
  CHECK(store.use_count() == 1);
}

TEST_CASE("a record for a partition that is not there is left out and told, the others go") {
  shipper_story story(with_routing({ship::routing::kind::same}));
  auto parcel = story.parcel_of(0, {"one", "two", "three"});
  for (const auto& line : parcel.chunk.lines) {
    parcel.records.push_back({line, {}, {}, -1, nullptr});
  }
  parcel.partitions = {3, 9, 3};
  story.shipper.ship(parcel, story.now);
  story.serve();
  CHECK(story.sender->lines_in_flight(3) == lines{"one", "three"});
  const auto told = story.told<ship::passed_over>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].offset == 4);
  CHECK(told[0].partition == 9);
  CHECK(told[0].error == kafka::no_such_partition);
  story.broker_takes_all();
  CHECK(story.shipper.acknowledged().position(0) == 14);
}

TEST_CASE("an invalid record holds its partition and is told once; others go on") {
  shipper_story story;
  story.ship(0, {"a", "bad"});
  story.ship(1, {"x"});
  const auto refuse_first = [](const auto& sent) {
    return sent.to.partition == 0 ? invalid_record : 0;
  };
  for (int i = 0; i < 10; ++i) {
    story.sender->answer(refuse_first);
    story.pass(milliseconds(60'000));
  }
  const auto told = story.told<ship::held>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].topic == "t");
  CHECK(told[0].partition == 0);
  CHECK(told[0].error == invalid_record);
  CHECK(story.sender->written == lines{"x"});
  CHECK(story.shipper.unfinished() == 2);
}

TEST_CASE("the topics of a new sender are those of the old one") {
  shipper_story story;
  story.add_topic("u", 4);
  story.sender->notices.push_back({kafka::notice::kind::fatal, 0, "gone"});
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.sender->topics == lines{"t", "u"});
  story.ship(5, {"to u"});
  CHECK(story.sender->in_air.front().to.topic == 1);
  CHECK(story.sender->in_air.front().to.partition == 1);
}

TEST_CASE("a record that fails for the sender's sake brings a new sender without a notice") {
  shipper_story story;
  story.ship(0, {"a"});
  story.sender->fail_all(invalid_producer_epoch);
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.sender->lines_in_flight() == lines{"a"});
}

TEST_CASE("sources of a topic are not to be read until its partitions were counted") {
  shipper_story story;
  const auto topic = story.shipper.add_topic("late");
  story.shipper.add_source(7, topic, "/late.log");
  CHECK_FALSE(story.may_read(7));
  story.shipper.partitions_counted(topic, 2);
  story.serve();
  CHECK(story.may_read(7));
  story.ship(7, {"line"});
  CHECK(story.sender->in_air.front().to.topic == topic);
}

TEST_CASE("another number of partitions is told, and changes nothing") {
  shipper_story story;
  story.shipper.partitions_counted(0, 4);
  CHECK(story.told<ship::partitions_changed>().empty());
  story.shipper.partitions_counted(0, 6);
  story.shipper.partitions_counted(0, 6);
  const auto told = story.told<ship::partitions_changed>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].topic == "t");
  CHECK(told[0].before == 4);
  CHECK(told[0].now == 6);
  story.ship(2, {"a"});
  CHECK(story.sender->in_air.front().to.partition == 2);
}

TEST_CASE("what is not acknowledged has an age, and what was has a time") {
  shipper_story story;
  CHECK_FALSE(story.shipper.oldest());
  CHECK_FALSE(story.shipper.last_acknowledgement());
  const auto first = story.now;
  story.ship(0, {"a"});
  story.pass(milliseconds(500));
  story.ship(1, {"b"});
  CHECK(story.shipper.oldest() == first);
  story.sender->acknowledge_if([](const auto& sent) { return sent.line == "a"; });
  story.serve();
  CHECK(story.shipper.oldest() == story.now);
  CHECK(story.shipper.last_acknowledgement() == story.now);
}

TEST_CASE("records that are sent again are counted") {
  shipper_story story;
  story.ship(0, {"a", "b"});
  story.sender->fail_all(unknown_topic);
  story.serve();
  CHECK(story.shipper.counted().sent_again == 2);
}

TEST_CASE("a generation that is finished is forgotten when its last record is acknowledged") {
  shipper_story story;
  story.ship(0, {"a"});
  story.shipper.finished(0);
  CHECK(story.shipper.acknowledged().generations() == 1);
  story.broker_takes_all();
  CHECK(story.shipper.acknowledged().generations() == 0);
}
