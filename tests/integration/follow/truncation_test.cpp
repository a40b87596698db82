#include "either_mode.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

TEST_CASE_METHOD(either_mode, "a file that is cut is read from 0") {
  append("log", "one\ntwo\n");
  follow("log");
  truncate("log");
  step();
  append("log", "three\n");
  step();
  CHECK(took() == lines{"one", "two", "three"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].offset == 8);
  CHECK(told<truncated>()[0].unread == 0);
}

TEST_CASE_METHOD(either_mode, "copytruncate") {
  writer log(path("log"));
  log.write("one\n");
  follow("log");
  log.write("two\n");
  step();
  copy("log", "log.1");
  truncate("log");
  log.write("three\n");
  step();
  log.write("four\n");
  step();
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(either_mode, "cut and rewritten larger than before in one go") {
  append("log", "one\ntwo\n");
  follow("log");
  rewrite("log", "three\nfour\nfive\n");
  step();
  CHECK(took() == lines{"one", "two", "three", "four", "five"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].unread == 0);
}

TEST_CASE_METHOD(either_mode, "cut and rewritten with the same size") {
  append("log", "one\ntwo\n");
  follow("log");
  step(1s);
  rewrite("log", "six\nten\n");
  step();
  CHECK(took() == lines{"one", "two", "six", "ten"});
}

TEST_CASE_METHOD(either_mode, "what stood unread is told") {
  append("log", "one\nhalf");
  follow("log");
  truncate("log");
  step();
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].offset == 4);
  CHECK(told<truncated>()[0].unread == 4);
}

TEST_CASE_METHOD(either_mode, "what was seen but not read before the cut is told as well") {
  append("log", "one\n");
  follow("log");
  append("log", "two\nthree\n");
  only_look(5s);
  rewrite("log", "x\n");
  only_look(5s);
  append("log", "much longer than what stood there before\n");
  step(10s);
  CHECK(took() == lines{"one", "x", "much longer than what stood there before"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].unread == 10);
}

TEST_CASE_METHOD(either_mode, "what was seen is told as well when a read notices the cut first") {
  append("log", "one\n");
  follow("log");
  append("log", "two\nthree\n");
  only_look(5s);
  rewrite("log", "x\n");
  step();
  CHECK(took() == lines{"one", "x"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].unread == 10);
}

TEST_CASE_METHOD(either_mode, "a file that is cut while it waits for its turn") {
  writer old(path("log"));
  old.write("one\nhalf");
  follow("log");
  rename("log", "log.1");
  append("log", "gone\n");
  step();
  rewrite("log", "two\n");
  step(20s);
  CHECK(took() == lines{"one", "half", "two"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].offset == 0);
  CHECK(told<truncated>()[0].unread == 5);

  // What was told then says nothing about the next cut.
  truncate("log");
  step(20s);
  REQUIRE(told<truncated>().size() == 2);
  CHECK(told<truncated>()[1].offset == 4);
  CHECK(told<truncated>()[1].unread == 0);
}

TEST_CASE_METHOD(either_mode, "cut within an unfinished line") {
  append("log", "one\nunfinished");
  follow("log");
  rewrite("log", "two\nand more than before\n");
  step();
  CHECK(took() == lines{"one", "two", "and more than before"});
}

TEST_CASE_METHOD(either_mode, "a long unfinished line is cut") {
  options.block_size = 1024;
  append("log", std::string(5000, 'x'));
  follow("log");
  truncate("log", 3000);
  step();
  append("log", "\n");
  step();
  CHECK(took() == lines{std::string(3000, 'x')});
}

TEST_CASE_METHOD(either_mode,
                 "a writer without O_APPEND leaves a hole: nothing behind it is lost") {
  append("log", "one\ntwo\n");
  follow("log");
  truncate("log");
  truncate("log", 8);
  append("log", "three\n");
  step();
  CHECK(took() == lines{"one", "two", std::string(8, '\0') + "three"});
}

TEST_CASE_METHOD(follow_fixture, "a file cut while it is read once") {
  options.once = true;
  options.block_size = 64;
  append("log", std::string(1000, 'a') + "\n");
  subject().add(path("log"), now());
  chunk read;
  rewrite("log", "short\n");
  drain();
  CHECK(took() == lines{"short"});
  CHECK(subject().finished());
}
