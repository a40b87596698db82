#include "fake_sender.hpp"

#include <logpipe/ship/lane.hpp>

#include <catch2/catch.hpp>

#include <support/chunk_of.hpp>

using namespace logpipe;
using namespace logpipe::test;
using ship::batch;
using ship::refused_record;
using ship::shipment;

namespace {

/// A lane and its sender; time stands still until the test moves it.
class lane_story : private kafka::delivery_sink {
public:
  void send(const std::vector<std::string>& lines) {
    batch& made = add(lines);
    lane.send(sender, made, m_shipments.back().content.chunk.lines, refused);
  }
  /// The same lines as values of full records.
  void send_full(const std::vector<std::string>& lines) {
    batch& made = add(lines);
    auto& content = m_shipments.back().content;
    for (const auto& line : content.chunk.lines) {
      content.records.push_back({line, "key", {}, -1, &made});
    }
    std::vector<const kafka::outgoing_record*> records;
    for (const auto& record : content.records) {
      records.push_back(&record);
    }
    lane.send(sender, made, records, refused);
  }
  /// The broker answers everything in flight, and the lane goes on.
  void broker_answers(const std::function<kafka::error_code(const fake_sender::sent&)>& error_of) {
    sender.answer(error_of);
    sender.serve(*this, milliseconds(0));
    lane.advance(sender, now, refused);
  }
  void broker_takes_all() {
    broker_answers([](const auto&) { return 0; });
  }
  /// Until nothing is in flight.
  void broker_takes_all_that_comes() {
    for (int i = 0; i < 100 && !sender.in_air.empty(); ++i)
      broker_takes_all();
  }
  void pass(milliseconds time) {
    now += time;
    lane.advance(sender, now, refused);
  }
  std::vector<std::string> refused_lines() const {
    std::vector<std::string> lines;
    for (const auto& each : refused)
      lines.emplace_back(each.record.line);
    return lines;
  }

  time_point now{};
  fake_sender sender;
  ship::lane lane{{0, 3}, false};
  std::vector<refused_record> refused;

private:
  void delivered(void*, std::size_t count) override { lane.delivered(count); }
  void failed(void* tag, std::string_view payload, kafka::error_code error) override {
    lane.failed({static_cast<batch*>(tag), payload}, error, refused);
  }
  void failed(const kafka::outgoing_record& record, kafka::error_code error) override {
    auto& from = *static_cast<batch*>(record.tag);
    lane.failed({&from, from.of->line_of(record), &record}, error, refused);
  }
  void heard(const kafka::notice&) override {}

  batch& add(const std::vector<std::string>& lines) {
    ship::parcel content;
    content.chunk = chunk_of(lines);
    const auto id = static_cast<ship::ledger::batch_id>(m_shipments.size());
    m_shipments.push_back({std::move(content), id, now, 0, nullptr, {}, 1, {}});
    auto& made = m_shipments.back();
    made.batches.push_back({&made, nullptr, lines.size(), 0});
    return made.batches.back();
  }

  std::list<shipment> m_shipments;
};

using lines = std::vector<std::string>;

}  // namespace

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

TEST_CASE(
    "a refused batch is sent again one by one, in order, and what came behind it afterwards") {
  lane_story story;
  story.send({"a", "HUGE", "c"});
  story.broker_answers([](const auto&) { return msg_size_too_large; });
  CHECK_FALSE(story.lane.flowing());
  story.send({"d", "e"});
  CHECK(story.sender.lines_in_flight() == lines{"a"});

  story.broker_takes_all();
  CHECK(story.sender.lines_in_flight() == lines{"HUGE"});
  story.broker_answers([](const auto&) { return msg_size_too_large; });
  CHECK(story.refused_lines() == lines{"HUGE"});
  CHECK(story.sender.lines_in_flight() == lines{"c"});

  story.broker_takes_all_that_comes();
  CHECK(story.sender.written == lines{"a", "c", "d", "e"});
  CHECK(story.lane.flowing());
  CHECK(story.lane.trouble() == 0);
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

TEST_CASE("a record that is invalid holds its lane; nothing overtakes it and nothing is dropped") {
  lane_story story;
  story.send({"a", "bad", "c"});
  const auto refuse_bad = [](const auto& record) {
    return record.line == "bad" ? invalid_record : 0;
  };
  story.broker_answers([](const auto&) { return invalid_record; });
  for (int i = 0; i < 20; ++i) {
    story.broker_answers(refuse_bad);
    story.pass(milliseconds(60'000));
  }
  CHECK(story.sender.written == lines{"a"});
  CHECK(story.lane.trouble() == invalid_record);
  CHECK(story.refused.empty());
  story.broker_takes_all_that_comes();
  CHECK(story.sender.written == lines{"a", "bad", "c"});
}

TEST_CASE("a lane that hands out invalid records goes on without them") {
  lane_story story;
  story.lane = ship::lane({0, 3}, true);
  story.send({"a", "bad", "c"});
  story.broker_answers([](const auto&) { return invalid_record; });
  for (int i = 0; i < 3; ++i) {
    story.broker_answers(
        [](const auto& record) { return record.line == "bad" ? invalid_record : 0; });
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
