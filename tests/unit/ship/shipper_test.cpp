#include "shipper_story.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

namespace {

ship::shipper::options with_memory(std::size_t memory) {
  ship::shipper::options options;
  options.memory = memory;
  return options;
}

}  // namespace

using lines = std::vector<std::string>;

TEST_CASE("positions move when the broker acknowledges, not when lines are sent") {
  shipper_story story;
  story.ship(1, {"one", "two"});
  story.serve();
  CHECK(story.shipper.acknowledged().position(1).offset == 0);
  CHECK(story.shipper.unfinished() == 2);
  story.broker_takes_all();
  CHECK(story.shipper.acknowledged().position(1).offset == 8);
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
  CHECK(story.shipper.acknowledged().position(3).offset == 16);
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
  CHECK(story.shipper.acknowledged().position(1).offset == 10);
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

TEST_CASE("what is behind a batch with an invalid record does not overtake it") {
  shipper_story story;
  story.ship(0, {"a", "bad"});
  story.ship(0, {"c"});
  auto& first = *story.sender;
  const std::vector<fake_sender::sent> behind(first.in_air.begin() + 2, first.in_air.end());
  first.in_air.resize(2);
  first.fail_all(invalid_record);
  first.in_air = behind;
  story.serve();
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.told<ship::sender_refitted>().empty());
  for (int i = 0; i < 5; ++i) {
    story.sender->answer_batches(
        [](const auto& sent) { return sent.line == "bad" ? invalid_record : 0; });
    story.serve();
  }
  CHECK(story.sender->written == lines{"a"});
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

TEST_CASE("a record that fails for the sender's sake brings a new sender without a notice") {
  shipper_story story;
  story.ship(0, {"a"});
  story.sender->fail_all(invalid_producer_epoch);
  story.serve();
  CHECK(story.senders_made == 2);
  CHECK(story.sender->lines_in_flight() == lines{"a"});
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
