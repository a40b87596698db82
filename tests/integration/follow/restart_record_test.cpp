// Restarts in the middle of what becomes one record, or several of one line.
#include "remembering.hpp"

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using namespace std::chrono_literals;

namespace {

/// A record begins with a digit.
struct joining : remembering {
  joining() { options.multiline = logpipe::follow::multiline{logpipe::pattern("^[0-9]"), 2s}; }
  /// The time after which a record is one though the next has not begun.
  void run_long(const std::string& name = "log") {
    follow(name);
    step(5s);
    CHECK(subject().finished());
    end();
  }
};

struct joining_follower : remembering_follower {
  joining_follower() {
    options.multiline = logpipe::follow::multiline{logpipe::pattern("^[0-9]"), 2s};
  }
};

}  // namespace

TEST_CASE_METHOD(joining, "records of several lines are given once over runs") {
  append("log", "1\na\n2\nb\n");
  run_long();
  CHECK(took() == lines{"1\na", "2\nb"});
  append("log", "3\nc\n");
  run_long();
  CHECK(took() == lines{"3\nc"});
  run_long();
  CHECK(took().empty());
}

TEST_CASE_METHOD(joining, "a record that goes on in the next file is one, also after downtime") {
  append("log", "1\n");
  run_long();
  CHECK(took() == lines{"1"});
  append("log", "2\na\n");
  rename("log", "log.1");
  append("log", "b\n3\n");
  run_long();
  CHECK(took() == lines{"2\na\nb", "3"});
  CHECK(kept().size() == 2);
  run_long();
  CHECK(took().empty());
}

TEST_CASE_METHOD(joining, "a record over three files that came meanwhile is one") {
  append("log", "1\n");
  run_long();
  took();
  append("log", "2\na\n");
  rename("log", "log.2");
  append("log.1", "b\n");
  append("log", "c\n3\n");
  run_long();
  CHECK(took() == lines{"2\na\nb\nc", "3"});
  rename("log.2", "log.3");
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "4\n");
  run_long();
  CHECK(took() == lines{"4"});
}

TEST_CASE_METHOD(joining_follower, "a record that was not complete is given by the next run") {
  append("log", "1\na\n2\nb\n");
  follow("log");
  step(1s);
  CHECK(took() == lines{"1\na"});
  end();
  append("log", "c\n3\n");
  follow("log");
  step(10s);
  CHECK(took() == lines{"2\nb\nc", "3"});
}

TEST_CASE_METHOD(joining_follower, "a record cut by a restart and a rotation is one") {
  append("log", "1\n2\na\n");
  follow("log");
  step(1s);
  CHECK(took() == lines{"1"});
  end();
  rename("log", "log.1");
  append("log", "b\n3\n");
  follow("log");
  step(10s);
  CHECK(took() == lines{"2\na\nb", "3"});
}

TEST_CASE_METHOD(remembering_follower, "a line of several pieces goes on behind those given") {
  options.max_line = 10;
  options.block_size = 16;
  append("log", "one\n" + std::string(25, 'x') + "\ntwo\n");
  subject().add(path("log"), now());
  while (pieces() == 0) {
    REQUIRE(read_one());
  }
  end();
  follow("log");
  CHECK(took() == lines{"one", std::string(15, 'x'), "two"});
}

TEST_CASE_METHOD(remembering_follower, "a source that was held goes on after a restart") {
  append("log", "one\n");
  append("other", "one\n");
  follow("log");
  follow("other");
  step(1s);
  subject().hold(0, true);
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  step(10s);
  end();
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "four\n");
  follow("log");
  follow("other");
  step(20s);
  CHECK(took() == lines{"one", "two", "three", "four"});
  CHECK(took("other") == lines{"one"});
}
