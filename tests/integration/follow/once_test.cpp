#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

#include <system_error>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;

TEST_CASE_METHOD(follow_fixture, "once reads what stands in the file and is finished") {
  options.once = true;
  append("log", "one\ntwo\r\n\nfour\n");
  REQUIRE_FALSE(subject().next_look(now()));
  follow("log");
  CHECK(took() == lines{"one", "two", "", "four"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "once gives an unfinished last line as it is") {
  options.once = true;
  append("log", "one\nhal");
  follow("log");
  CHECK(took() == lines{"one", "hal"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "a file of /proc, whose size is hidden, is refused") {
  options.once = true;
  CHECK_THROWS_AS(subject().add("/proc/self/status", now()), std::system_error);
}

TEST_CASE_METHOD(follow_fixture, "once does not read lines that are written after its start") {
  options.once = true;
  append("log", "one\n");
  subject().add(path("log"), now());
  append("log", "two\n");
  drain();
  CHECK(took() == lines{"one"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "once gives a line whole that was finished after its start") {
  options.once = true;
  append("log", "one\nha");
  subject().add(path("log"), now());
  append("log", "lf\nthree\n");
  drain();
  CHECK(took() == lines{"one", "half"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "once reads an empty file and is finished") {
  options.once = true;
  append("log", "");
  follow("log");
  CHECK(took().empty());
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "once takes several files in turn, each whole and in order") {
  options.once = true;
  options.block_size = 4096;
  lines expected;
  for (int i = 0; i < 5000; ++i) {
    expected.push_back("line " + std::to_string(i));
    append("a", expected.back() + "\n");
  }
  copy("a", "b");
  subject().add(path("a"), now());
  subject().add(path("b"), now());
  chunk first, second;
  REQUIRE(subject().read(first, now()));
  REQUIRE(subject().read(second, now()));
  CHECK(first.source == 0);
  CHECK(second.source == 1);
  drain();
  CHECK(took("a").size() + first.lines.size() == expected.size());
  CHECK(took("b").size() + second.lines.size() == expected.size());
  CHECK(subject().finished());
}

TEST_CASE_METHOD(follow_fixture, "what cannot be followed is refused") {
  make_directory("dir");
  CHECK_THROWS_AS(subject().add(path("dir"), now()), std::system_error);
  CHECK_THROWS_AS(subject().add("/dev/null", now()), std::system_error);
}

TEST_CASE_METHOD(follow_fixture, "once refuses a file that is not there") {
  options.once = true;
  CHECK_THROWS_AS(subject().add(path("log"), now()), std::system_error);
}
