#include "either_mode.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

TEST_CASE_METHOD(either_mode, "appended lines come, unfinished ones when they are finished") {
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  step();
  CHECK(took() == lines{"one", "two"});
  append("log", "th");
  step();
  append("log", "re");
  step(1h);
  CHECK(took().empty());
  append("log", "e\r\nfour");
  step(2s);
  CHECK(took() == lines{"three"});
}

TEST_CASE_METHOD(either_mode, "a line's bytes come as they are, but for CR before LF") {
  using namespace std::string_literals;
  append("log",
         "\n\r\na\rb\r\r\n\0x\0\n\xff\xfe\n\xef\xbb\xbf"
         "bom\n"s);
  follow("log");
  const std::string with_bom = "\xef\xbb\xbf"s + "bom";
  CHECK(took() == lines{"", "", "a\rb\r", "\0x\0"s, "\xff\xfe", with_bom});
}

TEST_CASE_METHOD(either_mode, "a file that is not there yet is read from its first byte") {
  options.start.where = start_at::kind::end;
  follow("log");
  REQUIRE(told<waiting>().size() == 1);
  step(10s);
  append("log", "one\n");
  step();
  append("log", "two\n");
  step();
  CHECK(took() == lines{"one", "two"});
  CHECK(told<waiting>().size() == 1);
  REQUIRE(told<opened>().size() == 1);
  CHECK(told<opened>()[0].offset == 0);
}

TEST_CASE_METHOD(either_mode, "a directory that is not there yet") {
  follow("a/b/c/log");
  make_directory("a");
  step();
  make_directory("a/b/c");
  step();
  append("a/b/c/log", "one\n");
  step();
  CHECK(took("a/b/c/log") == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "directories that come with the file in them, in one go") {
  follow("a/b/log");
  make_directory("a/b");
  append("a/b/log", "one\n");
  step();
  CHECK(took("a/b/log") == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "a directory that is deleted and made again") {
  make_directory("d");
  append("d/log", "one\n");
  follow("d/log");
  remove_directory("d");
  step(20s);
  CHECK(told<waiting>().size() == 1);
  make_directory("d");
  append("d/log", "two\n");
  step();
  append("d/log", "three\n");
  step();
  CHECK(took("d/log") == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "a directory that is renamed, with another in its place") {
  make_directory("d");
  append("d/log", "one\n");
  follow("d/log");
  rename("d", "e");
  make_directory("d");
  append("e/log", "two\n");
  append("d/log", "three\n");
  step(5s);
  append("d/log", "four\n");
  step();
  CHECK(took("d/log") == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(either_mode, "a file that is written under another name and moved in") {
  follow("log");
  append("log.tmp", "one\n");
  step();
  rename("log.tmp", "log");
  step();
  append("log", "two\n");
  step();
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(either_mode, "from the end: behind the last line end") {
  options.start.where = start_at::kind::end;
  append("log", "old\nhal");
  follow("log");
  append("log", "f\nnew\n");
  step();
  CHECK(took() == lines{"half", "new"});
  REQUIRE(told<skipped>().size() == 1);
  CHECK(told<skipped>()[0].bytes == 4);
}

TEST_CASE_METHOD(either_mode, "the last lines, an unfinished one counted") {
  options.start = {.where = start_at::kind::last_lines, .lines = 2};
  append("log", "one\ntwo\nthr");
  follow("log");
  append("log", "ee\n");
  step();
  CHECK(took() == lines{"two", "three"});
}

TEST_CASE_METHOD(either_mode,
                 "lines longer than a block come whole, longer than the limit are told") {
  options.block_size = 1024;
  options.max_line = 10'000;
  options.long_lines = long_lines::pass_over;
  const std::string whole(10'000, 'w');
  const std::string too_long(10'001, 'l');
  follow("log");
  append("log", "a\n" + whole + "\r\n" + too_long + "\nb\n" + std::string(500, 'm') + "\n");
  step();
  CHECK(took() == lines{"a", whole, "b", std::string(500, 'm')});
  const auto passed_over = told<line_too_long>();
  REQUIRE(passed_over.size() == 1);
  CHECK(passed_over[0].offset == 10'004);
  CHECK(passed_over[0].size == 10'001);
}

TEST_CASE_METHOD(either_mode, "a long line that grows piece by piece") {
  options.block_size = 1024;
  options.max_line = 100'000;
  follow("log");
  std::string expected;
  for (int i = 0; i < 50; ++i) {
    const std::string piece(700, static_cast<char>('a' + i % 26));
    append("log", piece);
    expected += piece;
    step();
  }
  append("log", "\nnext\n");
  step();
  CHECK(took() == lines{expected, "next"});
}

TEST_CASE_METHOD(either_mode, "a block that holds no line end leaves the caller its turn") {
  options.block_size = 1024;
  append("log", std::string(10'000, 'x') + "\n");
  subject().add(path("log"), now());
  chunk read;
  REQUIRE(subject().read(read, now()));
  CHECK(read.lines.empty());
  drain();
  CHECK(took() == lines{std::string(10'000, 'x')});
}

TEST_CASE_METHOD(either_mode, "permission that is granted later") {
  append("log", "one\n");
  std::filesystem::permissions(path("log"), std::filesystem::perms::none);
  if (::access(path("log").c_str(), R_OK) == 0) return;  // root may read everything
  follow("log");
  step(10s);
  CHECK(told<unreadable>().size() == 1);
  std::filesystem::permissions(path("log"), std::filesystem::perms::owner_all);
  step();
  CHECK(took() == lines{"one"});
}

TEST_CASE_METHOD(either_mode,
                 "a directory at the path is told and the file that replaces it read") {
  follow("log");
  make_directory("log");
  step(10s);
  REQUIRE(told<unreadable>().size() == 1);
  CHECK(told<unreadable>()[0].error == EISDIR);
  remove_directory("log");
  append("log", "one\n");
  step();
  CHECK(took() == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "stop reads what stands in the file, holds what is unfinished") {
  append("log", "one\n");
  follow("log");
  append("log", "two\nhal");
  CHECK_FALSE(subject().finished());
  subject().stop(now());
  append("log", "f\nthree\n");
  drain();
  CHECK(took() == lines{"one", "two"});
  CHECK(subject().finished());
  subject().tell_partials();
  REQUIRE(told<partial_held>().size() == 1);
  CHECK(told<partial_held>()[0].offset == 8);
  CHECK(told<partial_held>()[0].bytes == 3);
}
