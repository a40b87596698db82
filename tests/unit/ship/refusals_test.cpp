#include "shipper_story.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

namespace {

/// A handler of rejected records that can fail, and remembers what it took.
struct rejected_file {
  struct kept {
    std::string topic;
    std::int32_t partition;
    std::uint64_t offset;
    std::string key;
    std::string value;
    kafka::error_code error;
  };

  ship::rejected_handler handler() {
    return [this](std::span<const ship::rejected_record> records) {
      ++calls;
      if (full) return false;
      for (const auto& each : records) {
        lines.push_back({std::string(each.topic), each.partition, each.offset,
                         std::string(each.key.value_or("(none)")),
                         std::string(each.value.value_or("(null)")), each.error});
      }
      return true;
    };
  }
  ship::shipper::options options() {
    ship::shipper::options options;
    options.rejected = handler();
    return options;
  }

  bool full = false;
  int calls = 0;
  std::vector<kept> lines;
};

kafka::error_code invalid_if_bad(const fake_sender::sent& record) {
  return record.line.substr(0, 3) == "bad" ? invalid_record : 0;
}

/// The broker refuses each batch that holds a bad record as a whole.
void broker_refuses_bad(shipper_story& story) {
  for (int i = 0; i < 50; ++i) {
    story.sender->answer_batches(invalid_if_bad);
    story.serve();
  }
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("with a handler an invalid record is passed over once the handler has it") {
  rejected_file file;
  shipper_story story(file.options());
  story.ship(2, {"a", "bad", "c"});
  broker_refuses_bad(story);
  CHECK(story.sender->written == lines{"a", "c"});
  REQUIRE(file.lines.size() == 1);
  CHECK(file.lines[0].topic == "t");
  CHECK(file.lines[0].partition == 2);
  CHECK(file.lines[0].offset == 2);
  CHECK(file.lines[0].value == "bad");
  CHECK(file.lines[0].error == invalid_record);
  const auto told = story.told<ship::passed_over>();
  REQUIRE(told.size() == 1);
  CHECK(told[0].kept);
  CHECK(story.told<ship::held>().empty());
  CHECK(story.shipper.acknowledged().position(2).offset == 8);
  CHECK(story.shipper.counted().passed_over == 1);
}

TEST_CASE("a record that is too large is offered to the handler first") {
  rejected_file file;
  shipper_story story(file.options());
  story.sender->refuse = [](std::string_view line) {
    return line == "HUGE" ? msg_size_too_large : 0;
  };
  story.ship_keyed(0, {"a", "HUGE"}, {"k1", "k2"});
  story.serve();
  REQUIRE(file.lines.size() == 1);
  CHECK(file.lines[0].key == "k2");
  CHECK(file.lines[0].value == "HUGE");
}

TEST_CASE("several that are refused shortly one after the other are offered together") {
  rejected_file file;
  shipper_story story(file.options());
  story.ship(0, {"bad 1", "bad 2", "bad 3", "bad 4", "bad 5", "good"});
  broker_refuses_bad(story);
  story.pass(milliseconds(20));
  CHECK(file.lines.size() == 5);
  CHECK(file.calls == 2);
  CHECK(story.shipper.unfinished() == 0);
}

TEST_CASE("what the handler cannot keep stays, and is offered again; the position waits") {
  rejected_file file;
  shipper_story story(file.options());
  file.full = true;
  story.ship(0, {"bad", "good"});
  broker_refuses_bad(story);
  CHECK(story.sender->written == lines{"good"});
  CHECK(story.told<ship::passed_over>().empty());
  CHECK(story.shipper.acknowledged().position(0).offset == 0);
  CHECK(story.shipper.counted().refused == 1);
  CHECK(file.calls == 1);
  REQUIRE(story.shipper.next_try(story.now));

  file.full = false;
  story.pass(
      std::chrono::duration_cast<milliseconds>(*story.shipper.next_try(story.now) - story.now));
  CHECK(file.lines.size() == 1);
  CHECK(story.shipper.acknowledged().position(0).offset == 9);
}
