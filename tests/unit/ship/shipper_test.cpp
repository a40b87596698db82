#include "fake_sender.hpp"

#include <logpipe/ship/shipper.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace logpipe;
using namespace logpipe::test;

namespace {

/// A shipper over fake senders that share one record of what was written.
class shipper_story {
public:
  explicit shipper_story(std::size_t memory = 1 << 20)
      : shipper(
            {memory, std::nullopt}, [this] { return make_sender(); },
            [this](const ship::event& event) { events.push_back(event); }) {}

  /// Lines of a generation, at the offset where the last ones ended.
  void ship(follow::generation_id generation, const std::vector<std::string>& lines,
            std::int32_t partition = 0) {
    std::string all;
    for (const auto& line : lines)
      all += line + '\n';
    follow::chunk chunk;
    chunk.generation = generation;
    chunk.memory = std::shared_ptr<char[]>(new char[all.size()]);
    std::copy(all.begin(), all.end(), chunk.memory.get());
    chunk.base = chunk.begin = m_ends[generation];
    chunk.end = m_ends[generation] += all.size();
    std::size_t at = 0;
    for (const auto& line : lines) {
      chunk.lines.emplace_back(chunk.memory.get() + at, line.size());
      at += line.size() + 1;
    }
    shipper.ship(chunk, partition);
  }
  void serve() { shipper.serve(milliseconds(0), now); }
  void broker_takes_all() {
    for (int i = 0; i < 100 && shipper.unfinished() > 0; ++i) {
      sender->acknowledge_all();
      serve();
    }
  }
  template <typename Event>
  std::vector<Event> told() const {
    std::vector<Event> found;
    for (const auto& event : events) {
      if (const auto* e = std::get_if<Event>(&event)) found.push_back(*e);
    }
    return found;
  }

  time_point now{};
  fake_sender* sender = nullptr;
  int senders_made = 0;
  std::vector<ship::event> events;
  ship::shipper shipper;

private:
  std::unique_ptr<kafka::record_sender> make_sender() {
    auto made = std::make_unique<fake_sender>();
    sender = made.get();
    ++senders_made;
    return made;
  }
  std::map<follow::generation_id, std::uint64_t> m_ends;
};

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
  shipper_story story(3 * 200 + 100);
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
  story.ship(7, {"small", "HUGE", "tail"});
  story.serve();
  story.broker_takes_all();
  const auto told = story.told<ship::passed_over>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].generation == 7);
  CHECK(told[0].offset == 6);
  CHECK(told[0].size == 4);
  CHECK(story.shipper.counted().passed_over == 1);
  CHECK(story.shipper.acknowledged().position(7) == 16);
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
  story.ship(1, {"a"}, 0);
  story.ship(2, {"b"}, 1);
  story.sender->answer(
      [](const auto& record) { return record.partition == 0 ? unknown_topic : 0; });
  story.serve();
  story.ship(1, {"c"}, 0);
  story.ship(2, {"d"}, 1);
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
  story.ship(2, {"x"}, 1);
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
    follow::chunk chunk;
    chunk.generation = 1;
    chunk.memory = std::shared_ptr<char[]>(new char[2]{'x', '\n'});
    chunk.end = 2;
    chunk.lines.emplace_back(chunk.memory.get(), 1);
    memory = chunk.memory;
    story.shipper.ship(chunk, 0);
  }
  CHECK_FALSE(memory.expired());
  story.broker_takes_all();
  CHECK(memory.expired());
}
