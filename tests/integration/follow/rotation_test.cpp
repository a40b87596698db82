#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

/// Every story is told twice: with inotify, and with polling.
struct either_mode : follow_fixture {
  void choose_mode() {
    const bool poll = GENERATE(false, true);
    CAPTURE(poll);
    if (poll) options.poll = 250ms;
  }
};

}  // namespace

TEST_CASE_METHOD(either_mode, "appended lines come") {
  choose_mode();
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  step();
  append("log", "th");
  step();
  append("log", "ree\n");
  step();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "rename rotation reads the old file to its end, then the new one") {
  choose_mode();
  writer old(path("log"));
  old.write("one\n");
  follow("log");
  rename("log", "log.1");
  old.write("two\n");
  append("log", "three\n");
  step();
  CHECK(took() == lines{"one", "two"});
  old.write("two and a half\n");
  step(500ms);
  old.close();
  step(2s);
  CHECK(took() == lines{"two and a half", "three"});
  const auto rotations = told<rotated>();
  REQUIRE(rotations.size() == 1);
  CHECK(rotations[0].old_name == path("log.1"));
  CHECK(rotations[0].rest == 19);
}
