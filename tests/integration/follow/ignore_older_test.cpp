// Files that nobody has written to for long are left out, unless something is kept of them.
#include "remembering.hpp"

#include <filesystem>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using namespace std::chrono_literals;

namespace {

struct ignoring : remembering_follower {
  ignoring() { options.ignore_older = 24h; }
  void age(const std::string& name, std::chrono::hours by) {
    const std::filesystem::path file = path(name);
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) - by);
  }
};

}  // namespace

TEST_CASE_METHOD(ignoring, "only files that were changed since are read") {
  append("old.log", "old\n");
  append("new.log", "new\n");
  age("old.log", 25h);
  age("new.log", 23h);
  SECTION("that a pattern finds") {
    follow_all("*.log");
  }
  SECTION("that are named") {
    follow("old.log");
    follow("new.log");
  }
  CHECK(took_all() == lines{"new"});
  CHECK(told<unreadable>().empty());
  CHECK(told<waiting>().empty());
}

TEST_CASE_METHOD(ignoring, "one that is written to again is read") {
  append("log", "old\n");
  age("log", 25h);
  const bool named = GENERATE(true, false);
  if (named) {
    follow("log");
  } else {
    follow_all("l*");
  }
  step(10s);
  CHECK(took().empty());
  append("log", "new\n");
  step(10s);
  CHECK(took() == lines{"old", "new"});
}

TEST_CASE_METHOD(ignoring, "one of which something is kept is not left out") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  age("log", 100h);
  SECTION("under its name") {
    follow("log");
    CHECK(took() == lines{"one", "two"});
  }
  SECTION("under another") {
    rename("log", "moved");
    follow_all("mov*");
    step(10s);
    took("log");
    CHECK(took("moved") == lines{"two"});
  }
}

TEST_CASE_METHOD(ignoring, "an earlier file of a log that is known is never too old") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  rename("log", "log.2");
  append("log.1", "three\n");
  append("log", "four\n");
  age("log.2", 100h);
  age("log.1", 99h);
  follow_all("log*");
  step(10s);
  CHECK(took_all() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(remembering, "once, one that is too old is neither read nor missed") {
  options.ignore_older = 24h;
  append("log", "old\n");
  const std::filesystem::path file = path("log");
  std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) - 25h);
  run();
  CHECK(took().empty());
  CHECK(told<unreadable>().empty());
}
