#include "lane_story.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

using lines = std::vector<std::string>;

TEST_CASE("a flowing lane sends a batch as a whole, to its partition") {
  lane_story story;
  story.send({"a", "b", "c"});
  CHECK(story.sender.lines_in_flight() == lines{"a", "b", "c"});
  CHECK(story.sender.in_air.front().to.partition == 3);
  CHECK(story.sender.group_sizes == std::vector<std::size_t>{3});
  story.broker_takes_all();
  CHECK(story.lane.flowing());
  CHECK(story.lane.waiting() == 0);
}

TEST_CASE("what is in flight is waited for before anything is sent again") {
  lane_story story;
  story.send({"a"});
  story.send({"b"});
  story.broker_answers(
      [](const auto& record) { return record.line == "a" ? msg_size_too_large : 0; });
  CHECK(story.sender.lines_in_flight() == lines{"a"});

  lane_story other;
  other.send({"a"});
  other.send({"b"});
  auto second = other.sender.in_air.back();
  other.sender.in_air.pop_back();
  other.broker_answers([](const auto&) { return msg_size_too_large; });
  CHECK(other.sender.in_air.empty());  // b is still on its way
  other.sender.in_air.push_back(second);
  other.broker_takes_all();
  CHECK(other.sender.lines_in_flight() == lines{"a"});
}

TEST_CASE("records that fail out of order are sent again in the order of their file") {
  lane_story story;
  story.send({"a", "b"});
  story.send({"c", "d"});
  std::reverse(story.sender.in_air.begin(), story.sender.in_air.end());
  story.broker_answers([](const auto&) { return unknown_topic; });
  CHECK(story.sender.lines_in_flight() == lines{"a", "b", "c", "d"});
}

TEST_CASE("a record that the sender itself finds too large is passed over, the others go") {
  lane_story story;
  story.sender.refuse = [](std::string_view line) {
    return line == "HUGE" ? msg_size_too_large : 0;
  };
  story.send({"a", "HUGE", "c"});
  CHECK(story.refused_lines() == lines{"HUGE"});
  CHECK(story.lane.flowing());
  CHECK(story.sender.lines_in_flight() == lines{"a", "c"});
}

TEST_CASE(
    "a failure that is not the records' is tried again at once, then after longer and longer "
    "rests") {
  lane_story story;
  story.send({"a", "b"});
  const auto gone = [](const auto&) { return unknown_topic; };
  story.broker_answers(gone);
  CHECK(story.sender.lines_in_flight() == lines{"a", "b"});
  story.broker_answers(gone);
  CHECK(story.sender.in_air.empty());
  CHECK(story.lane.trouble() == unknown_topic);
  REQUIRE(story.lane.next_try());
  const auto first_rest = *story.lane.next_try() - story.now;

  story.pass(milliseconds(1));
  CHECK(story.sender.in_air.empty());
  story.pass(std::chrono::duration_cast<milliseconds>(first_rest));
  CHECK(story.sender.lines_in_flight() == lines{"a", "b"});
  story.broker_answers(gone);
  REQUIRE(story.lane.next_try());
  CHECK(*story.lane.next_try() - story.now > first_rest);

  story.pass(milliseconds(60'000));
  story.broker_takes_all();
  CHECK(story.sender.written == lines{"a", "b"});
  CHECK(story.lane.flowing());
  CHECK(story.lane.trouble() == 0);
}

TEST_CASE("a topic that is missing is tried each second") {
  lane_story story;
  story.send({"a"});
  story.sender.refuse = [](std::string_view) { return unknown_topic; };
  story.broker_answers([](const auto&) { return unknown_topic; });
  for (int second = 0; second < 60; ++second) {
    story.pass(milliseconds(1000));
  }
  story.sender.refuse = nullptr;
  story.pass(milliseconds(1000));
  CHECK(story.sender.lines_in_flight() == lines{"a"});
}

TEST_CASE("full records are sent again as they are, in order, between lines of other batches") {
  lane_story story;
  story.send({"a"});
  story.send_full({"b", "c"});
  story.send({"d"});
  story.broker_answers([](const auto&) { return unknown_topic; });
  CHECK(story.sender.lines_in_flight() == lines{"a", "b", "c", "d"});
  CHECK(story.sender.in_air[0].full == nullptr);
  REQUIRE(story.sender.in_air[2].full != nullptr);
  CHECK(story.sender.in_air[2].full->key == "key");
  CHECK(story.lane.sent_again() == 4);
  story.broker_takes_all();
  CHECK(story.lane.flowing());
}

TEST_CASE("a full record that the sender finds too large is handed out, the others go") {
  lane_story story;
  story.sender.refuse = [](std::string_view value) {
    return value == "HUGE" ? msg_size_too_large : 0;
  };
  story.send_full({"a", "HUGE", "c"});
  CHECK(story.refused_lines() == lines{"HUGE"});
  REQUIRE(story.refused.front().record.full != nullptr);
  CHECK(story.lane.flowing());
  CHECK(story.sender.lines_in_flight() == lines{"a", "c"});
}
