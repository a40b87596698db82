#include "logcat/resuming/marking_sink.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

/// Deals with so many records.
class counting_sink : public record_sink {
public:
  std::size_t left = std::numeric_limits<std::size_t>::max();
  int flushes = 0;

  std::size_t take(std::span<const record> run) override {
    const std::size_t taken = std::min(run.size(), left);
    left -= taken;
    return taken;
  }
  void flush() override { ++flushes; }
  bool enough() const override { return left == 0; }
};

struct marking_story {
  assignment parts;
  reading& part = parts.add({"orders", 0, 5, no_end});
  counting_sink next;
  marking_sink sink{parts, next};

  void read(std::int64_t from, std::int64_t to) {
    std::vector<record> run;
    for (std::int64_t offset = from; offset < to; ++offset) {
      record one;
      one.topic = "orders";
      one.offset = offset;
      run.push_back(one);
    }
    const std::size_t taken = sink.take(run);
    if (taken > 0) part.came(run[taken - 1]);
  }
  std::int64_t last() const { return sink.position(part)->last.value().offset; }
};

}  // namespace

TEST_CASE_METHOD(marking_story, "before the first record the start is the position") {
  CHECK(sink.position(part) == kept_position{.next = 5, .last = {}});
}

TEST_CASE_METHOD(marking_story, "the last record that was dealt with is remembered") {
  read(5, 8);
  CHECK(last() == 7);
  next.left = 2;
  read(8, 20);
  CHECK(last() == 9);
  CHECK(sink.enough());
  read(10, 20);
  CHECK(last() == 9);
}

TEST_CASE_METHOD(marking_story, "what an earlier run read counts until something comes") {
  sink.set(part, {.offset = 4, .timestamp = 1, .hash = 1});
  CHECK(last() == 4);
  read(5, 6);
  CHECK(last() == 5);
}

TEST_CASE_METHOD(marking_story, "the record of a log that was made anew is forgotten") {
  read(5, 8);
  part.made_anew(0, 3);
  CHECK(sink.position(part) == kept_position{.next = 0, .last = {}});
}

TEST_CASE_METHOD(marking_story, "that record is forgotten though the new log has grown past it") {
  read(5, 8);
  part.made_anew(0, 3);
  part.pass_to(20);  // markers
  CHECK(sink.position(part) == kept_position{.next = 20, .last = {}});
}

TEST_CASE_METHOD(marking_story, "what was read past the end is no part of the position") {
  part.end = 7;
  read(5, 7);
  part.pass_to(12);
  CHECK(sink.position(part)->next == 7);
  CHECK(last() == 6);
}

TEST_CASE_METHOD(marking_story, "a start that lies ahead is no position yet") {
  part.first = 100;
  CHECK_FALSE(sink.position(part).has_value());
}

TEST_CASE_METHOD(marking_story, "a flush is passed on") {
  sink.flush();
  CHECK(next.flushes == 1);
}
