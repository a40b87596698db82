#include "logcat/reading/record_intake.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

/// Notes what it is given, "0:5" for partition and offset, and wants so many.
class noting_sink : public record_sink {
public:
  std::size_t most = std::numeric_limits<std::size_t>::max();
  std::vector<std::string> seen;
  int runs = 0;

  std::size_t take(std::span<const record> run) override {
    ++runs;
    const std::size_t taken = std::min(run.size(), most - seen.size());
    for (const record& each : run.first(taken)) {
      seen.push_back(std::to_string(each.partition) + ":" + std::to_string(each.offset));
    }
    return taken;
  }
  void flush() override {}
  bool enough() const override { return seen.size() == most; }
};

using places = std::vector<std::pair<std::int32_t, std::int64_t>>;

std::vector<record> records(const places& at) {
  std::vector<record> made;
  for (const auto& [partition, offset] : at) {
    record one;
    one.topic = "test";
    one.partition = partition;
    one.offset = offset;
    made.push_back(one);
  }
  return made;
}

using seen = std::vector<std::string>;

}  // namespace

TEST_CASE("each run of one partition is taken at once") {
  assignment parts;
  parts.add({"test", 0, 0, no_end});
  parts.add({"test", 1, 0, no_end});
  noting_sink sink;
  CHECK(record_intake(parts, sink).take(records({{0, 3}, {0, 4}, {1, 7}, {0, 5}})));
  CHECK(sink.seen == seen{"0:3", "0:4", "1:7", "0:5"});
  CHECK(sink.runs == 3);
  CHECK(parts.find("test", 0)->next == 6);
  CHECK(parts.find("test", 1)->next == 8);
}

TEST_CASE("what lies outside of a stretch is left out, and passed") {
  assignment parts;
  reading& part = parts.add({"test", 0, 10, 20});
  noting_sink sink;
  record_intake intake(parts, sink);
  intake.take(records({{0, 8}, {0, 9}}));
  CHECK(sink.seen.empty());
  intake.take(records({{0, 9}, {0, 10}, {0, 19}, {0, 20}}));
  CHECK(sink.seen == seen{"0:10", "0:19"});
  CHECK(part.done());
  CHECK(part.resume_at() == 20);
}

TEST_CASE("a partition that is not ours is left out") {
  assignment parts;
  parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  CHECK(record_intake(parts, sink).take(records({{1, 3}, {0, 4}})));
  CHECK(sink.seen == seen{"0:4"});
}

TEST_CASE("a partition that is closed is passed over, and the others go on") {
  /// Wants no more of partition 0 behind its first record.
  class closing_sink : public noting_sink {
  public:
    std::size_t take(std::span<const record> run) override {
      return noting_sink::take(run.front().partition == 0 ? run.first(1) : run);
    }
  };
  assignment parts;
  reading& closed = parts.add({"test", 0, 0, 20});
  reading& other = parts.add({"test", 1, 0, 20});
  closing_sink sink;
  record_intake intake(parts, sink);
  CHECK(intake.take(records({{0, 3}, {0, 4}, {1, 7}, {0, 5}, {1, 8}})));
  CHECK(sink.seen == seen{"0:3", "1:7", "1:8"});
  closed.end_seen_at(20);
  CHECK(closed.next == 4);
  CHECK(closed.done());
  CHECK(other.next == 9);
  CHECK_FALSE(other.done());
}

TEST_CASE("a reading stands at the first record that the sink did not deal with") {
  assignment parts;
  reading& part = parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  record_intake intake(parts, sink);
  SECTION("in the middle of a run") {
    sink.most = 1;
    CHECK_FALSE(intake.take(records({{0, 3}, {0, 7}, {0, 8}})));
    CHECK(part.next == 7);
    CHECK(part.last_offset == 3);
  }
  SECTION("at the end of a run") {
    sink.most = 2;
    CHECK_FALSE(intake.take(records({{0, 3}, {0, 7}})));
    CHECK(part.next == 8);
  }
}

namespace {

/// Records 0, 1, ... of partition 0 with these timestamps.
std::vector<record> timed(const std::vector<std::int64_t>& timestamps,
                          timestamp_kind kind = timestamp_kind::create) {
  std::vector<record> made;
  for (const std::int64_t timestamp : timestamps) {
    record one;
    one.topic = "test";
    one.offset = static_cast<std::int64_t>(made.size());
    one.timestamp = timestamp;
    one.kind = kind;
    made.push_back(one);
  }
  return made;
}

}  // namespace

TEST_CASE("records whose time is not in the window are left out") {
  assignment parts({.since = 100, .until = 200});
  reading& part = parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  CHECK(record_intake(parts, sink).take(timed({99, 100, 150, 200, 300, 199, 50, 120})));
  CHECK(sink.seen == seen{"0:1", "0:2", "0:5", "0:7"});
  CHECK(part.next == 8);
  CHECK_FALSE(part.done());
}

TEST_CASE("a later run goes on at the first record that was too late for this one") {
  assignment parts({.until = 200});
  reading& part = parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  record_intake intake(parts, sink);
  intake.take(timed({100, 150}));
  CHECK(part.resume_at() == 2);
  intake.take(timed({100, 150, 200, 199}));
  CHECK(part.next == 4);
  CHECK(part.resume_at() == 2);
}

TEST_CASE("a partition whose window is over is done, and closed") {
  assignment parts({.until = 200});
  reading& part = parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  record_intake intake(parts, sink);
  CHECK(intake.take(timed({100, 150, 200, 50, 60}, timestamp_kind::append)));
  CHECK(sink.seen == seen{"0:0", "0:1"});
  CHECK(part.done());
  CHECK(part.resume_at() == 2);
  CHECK(parts.take_closed().size() == 1);
  const auto more = timed({0, 0, 0, 0, 0, 60, 70}, timestamp_kind::append);
  CHECK(intake.take(std::span(more).subspan(5)));
  CHECK(sink.seen.size() == 2);
  CHECK(parts.take_closed().empty());
}

TEST_CASE("a sink that wants no more is believed inside of a window too") {
  assignment parts({.since = 100});
  reading& part = parts.add({"test", 0, 0, no_end});
  noting_sink sink;
  sink.most = 2;
  record_intake intake(parts, sink);
  SECTION("in the middle of a run") {
    CHECK_FALSE(intake.take(timed({50, 100, 100, 100})));
    CHECK(part.next == 3);
  }
  SECTION("before a record that is not wanted") {
    CHECK_FALSE(intake.take(timed({100, 100, 50, 50, 100})));
    CHECK(part.next == 4);
  }
}
