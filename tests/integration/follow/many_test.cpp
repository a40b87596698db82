#include "either_mode.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

/// Many logs, and few descriptors for them.
struct crowd : either_mode {
  static constexpr int count = 300;

  crowd() {
    ::getrlimit(RLIMIT_NOFILE, &m_before);
    rlimit few = m_before;
    few.rlim_cur = 100;
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~crowd() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
  crowd(const crowd&) = delete;
  crowd& operator=(const crowd&) = delete;

  static std::string log(int i) { return std::to_string(i) + ".log"; }
  void append_to_all(const std::string& text) {
    for (int i = 0; i < count; ++i) {
      append(log(i), text);
    }
  }
  void check_all_took(const lines& expected) {
    for (int i = 0; i < count; ++i) {
      INFO(log(i));
      REQUIRE(took(log(i)) == expected);
    }
    CHECK(told<unreadable>().empty());
    CHECK(told<vanished>().empty());
    CHECK(open_descriptors() < 60);
  }

private:
  rlimit m_before{};
};

}  // namespace

TEST_CASE_METHOD(crowd, "more logs than descriptors: all once") {
  append_to_all("one\n");
  follow_all("*.log");
  check_all_took({"one"});
  append_to_all("two\n");
  step(5s);
  check_all_took({"two"});
  for (int i = 0; i < count; ++i) {
    rewrite(log(i), "anew\n");
  }
  step(10s);
  check_all_took({"anew"});
}

TEST_CASE_METHOD(crowd, "logs that are rotated while they are closed") {
  append_to_all("one\n");
  follow_all("*.log");
  check_all_took({"one"});
  for (int i = 0; i < count; ++i) {
    append(log(i), "two\n");
    rename(log(i), log(i) + ".old");
    append(log(i), "three\n");
    step(500ms);
  }
  step(20s);
  for (int i = 0; i < count; ++i) {
    INFO(log(i));
    REQUIRE(took(log(i)) == lines{"two", "three"});
  }
  CHECK(told<vanished>().empty());
}

TEST_CASE_METHOD(crowd, "once, with more logs than descriptors") {
  options.once = true;
  append_to_all("one\n");
  follow_all("*.log");
  CHECK(subject().finished());
  check_all_took({"one"});
}

TEST_CASE_METHOD(follow_fixture, "a log that is deleted while it is closed is told") {
  options.max_open = 1;
  append("a", "one\n");
  append("b", "one\n");
  follow("a");
  follow("b");
  append("b", "two\n");
  step(10s);
  remove("a");
  step(10s);
  REQUIRE(told<vanished>().size() == 1);
  CHECK(told<vanished>()[0].path == path("a"));
  CHECK(told<vanished>()[0].unread == 0);
  append("a", "three\n");
  step(10s);
  CHECK(took("a") == lines{"one", "three"});
  CHECK(took("b") == lines{"one", "two"});
}

TEST_CASE_METHOD(either_mode, "one that is never quiet does not starve the others") {
  options.block_size = 4096;
  append("busy", std::string(1'000'000, 'x') + "\n");
  append("slow", "");
  follow("busy");
  follow("slow");
  std::string block;
  for (int i = 0; i < 5000; ++i) {
    block += "busy\n";
  }
  logpipe::follow::chunk read;
  const source_id slow = 1;
  for (int i = 0; i < 20; ++i) {
    append("busy", block);
    append("slow", "line\n");
    only_look(2s);
    int others = 0;
    while (subject().read(read, now()) && read.source != slow) {
      REQUIRE(++others < 3);
    }
    REQUIRE(read.lines == std::vector<std::string_view>{"line"});
  }
}

TEST_CASE_METHOD(either_mode, "a source that is held is not read, but its rotations are noticed") {
  append("log", "one\n");
  append("other", "one\n");
  follow("log");
  follow("other");
  step(1s);
  subject().hold(0, true);
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  append("other", "two\n");
  step(10s);
  remove("log.1");
  step(10min);
  CHECK(took() == lines{"one"});
  CHECK(took("other") == lines{"one", "two"});
  subject().hold(0, false);
  step(20s);
  CHECK(took() == lines{"two", "three"});
}
