#include "shipper_story.hpp"

#include <logpipe/base/hash.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

namespace {

ship::shipper::options with_routing(ship::routing how) {
  ship::shipper::options options;
  options.routing = how;
  return options;
}

}  // namespace

using lines = std::vector<std::string>;

TEST_CASE(
    "records with keys of their own go to several partitions, and are one step of the position") {
  shipper_story story(with_routing({ship::routing::kind::key}));
  const auto position = [&] { return story.shipper.acknowledged().position(0).offset; };
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
  CHECK_FALSE(story.sender->in_air[0].full->key->empty());
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
  CHECK(story.shipper.acknowledged().position(0).offset == 14);
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
