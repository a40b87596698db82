#include "lane_story.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

using lines = std::vector<std::string>;

TEST_CASE("of a refused batch the record to blame is found by halves; what came behind waits") {
  lane_story story;
  story.send({"a", "b", "c", "HUGE", "e", "f", "g", "h"});
  story.broker_blames("HUGE", msg_size_too_large);
  CHECK_FALSE(story.lane.flowing());
  story.send({"i", "j"});
  CHECK(story.sender.lines_in_flight() == lines{"a", "b", "c", "HUGE"});
  story.broker_blames("HUGE", msg_size_too_large);
  CHECK(story.sender.lines_in_flight() == lines{"a", "b"});
  story.broker_blames("HUGE", msg_size_too_large);
  CHECK(story.sender.lines_in_flight() == lines{"c", "HUGE"});
  story.broker_blames("HUGE", msg_size_too_large);
  story.broker_blames("HUGE", msg_size_too_large);
  CHECK(story.sender.lines_in_flight() == lines{"HUGE"});
  story.broker_blames("HUGE", msg_size_too_large);
  CHECK(story.sender.lines_in_flight() == lines{"e", "f"});
  for (int i = 0; i < 10; ++i) {
    story.broker_blames("HUGE", msg_size_too_large);
  }
  CHECK(story.refused_lines() == lines{"HUGE"});
  CHECK(story.sender.written == lines{"a", "b", "c", "e", "f", "g", "h", "i", "j"});
  CHECK(story.lane.flowing());
  CHECK(story.lane.trouble() == 0);
}

TEST_CASE("one bad record among thousands takes some tens of round trips, not thousands") {
  lane_story story;
  lines all;
  for (int i = 0; i < 5000; ++i) {
    all.push_back("line " + std::to_string(i));
  }
  story.send(all);
  int round_trips = 0;
  while (!story.lane.flowing() || !story.sender.in_air.empty()) {
    story.broker_blames("line 4321", msg_size_too_large);
    REQUIRE(++round_trips < 60);
  }
  CHECK(story.refused_lines() == lines{"line 4321"});
  all.erase(all.begin() + 4321);
  CHECK(story.sender.written == all);
}

TEST_CASE("records that go again together are few bytes, so that they are one batch") {
  lane_story story;
  story.send(lines(10, std::string(40'000, 'x')));
  story.broker_answers([](const auto&) { return invalid_record; });
  CHECK(story.sender.in_air.size() == 2);
}

TEST_CASE("a record that is invalid holds its lane; nothing overtakes it and nothing is dropped") {
  lane_story story;
  story.send({"a", "bad", "c"});
  for (int i = 0; i < 20; ++i) {
    story.broker_blames("bad", invalid_record);
    story.pass(milliseconds(60'000));
  }
  CHECK(story.sender.written == lines{"a"});
  CHECK(story.lane.trouble() == invalid_record);
  CHECK(story.refused.empty());
  CHECK(story.lane.sent_again() < 50);
  story.broker_takes_all_that_comes();
  CHECK(story.sender.written == lines{"a", "bad", "c"});
}

TEST_CASE("a lane that hands out invalid records goes on without them") {
  lane_story story;
  story.lane = ship::lane({0, 3}, true);
  story.send({"a", "bad", "c"});
  for (int i = 0; i < 5; ++i) {
    story.broker_blames("bad", invalid_record);
  }
  CHECK(story.sender.written == lines{"a", "c"});
  CHECK(story.refused_lines() == lines{"bad"});
  CHECK(story.lane.flowing());
}

TEST_CASE("a record that stays invalid is tried about once a minute") {
  lane_story story;
  story.send({"bad"});
  const auto refuse = [](const auto&) { return invalid_record; };
  int tries = 0;
  for (int second = 0; second < 600; ++second) {
    story.pass(milliseconds(1000));
    if (story.sender.in_air.empty()) continue;
    ++tries;
    story.broker_answers(refuse);
  }
  CHECK(tries >= 10);
  CHECK(tries < 25);
}
