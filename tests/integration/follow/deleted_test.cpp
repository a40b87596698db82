// Files that are deleted before they are read: how much of them is held open.
#include "either_mode.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdint>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

/// Logs that are deleted while the reader is held up.
struct deleted_fixture : either_mode {
  void write_and_delete(const std::string& name, const std::string& text) {
    append(name, text);
    only_look(2100ms);
    remove(name);
    only_look(2100ms);
  }
};

}  // namespace

TEST_CASE_METHOD(deleted_fixture, "without a bound all that was deleted is read") {
  follow("log");
  for (const char* line : {"one\n", "two\n", "three\n"}) {
    write_and_delete("log", line);
  }
  CHECK(subject().held_deleted_bytes() == 14);
  only_look(1h);
  CHECK(told<let_go>().empty());
  step(1min);
  CHECK(took() == lines{"one", "two", "three"});
  CHECK(subject().held_deleted_bytes() == 0);
}

TEST_CASE_METHOD(deleted_fixture, "beyond the bound the oldest is let go, reading goes on") {
  options.hold_deleted = 9;
  append("log", "zero\n");
  follow("log");
  for (const char* line : {"one\n", "two\n", "three\n"}) {
    write_and_delete("log", line);
  }
  only_look(5s);
  append("log", "four\n");
  CHECK(subject().held_deleted_bytes() == 6);
  step(1min);
  CHECK(took() == lines{"zero", "three", "four"});
  const auto lost = told<let_go>();
  REQUIRE(lost.size() == 2);
  CHECK(lost[0].path == path("log"));
  CHECK(lost[0].offset == 5);
  CHECK(lost[0].unread == 4);
  CHECK(lost[1].offset == 0);
  CHECK(lost[1].unread == 4);
}

TEST_CASE_METHOD(deleted_fixture, "the oldest of all logs is let go") {
  options.hold_deleted = 12;
  append("a", "");
  append("b", "");
  follow_all("[ab]");
  write_and_delete("b", "of b 1\n");
  append("b", "");
  write_and_delete("a", "of a 1\n");
  only_look(6s);
  REQUIRE(told<let_go>().size() == 1);
  CHECK(told<let_go>()[0].path == path("a"));  // it was begun first
  CHECK(subject().held_deleted_bytes() == 7);
  step(20min);
  CHECK(took_all() == lines{"of b 1"});
}

TEST_CASE_METHOD(deleted_fixture, "a reader that keeps up loses nothing, whatever the bound") {
  options.hold_deleted = 0;
  follow("log");
  lines written;
  for (int i = 0; i < 10; ++i) {
    append("log", "one\n");
    step();
    append("log", "two\n");
    remove("log");
    step(10s);
    written.insert(written.end(), {"one", "two"});
  }
  CHECK(took() == written);
  CHECK(told<let_go>().empty());
}

TEST_CASE_METHOD(deleted_fixture, "records of several lines: the deleted are let go as well") {
  options.multiline = multiline{.start = logpipe::pattern("^[a-z]")};
  options.hold_deleted = 0;
  append("log", "zero\n");
  follow("log");
  write_and_delete("log", "one\n  more\n");
  only_look(5s);
  append("log", "two\n");
  step(1min);
  CHECK(took() == lines{"zero", "two"});
  CHECK(told<let_go>().size() == 1);
}

TEST_CASE_METHOD(deleted_fixture, "that much is held is told, and again after it was less") {
  constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30;
  options.hold_deleted = gibibyte;
  follow("log");
  for (int i = 0; i < 2; ++i) {
    append("log", "");
    truncate("log", 2 * gibibyte);  // a hole, which takes no room
    only_look(2100ms);
    remove("log");
    only_look(2100ms);
    only_look(2100ms);
    CHECK(told<holding_deleted>().size() == static_cast<std::size_t>(i) + 1);
    only_look(5s);
    CHECK(told<let_go>().size() == static_cast<std::size_t>(i) + 1);
  }
  CHECK(told<holding_deleted>()[0].bytes == 2 * gibibyte);
}
