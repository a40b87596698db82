// What a line is: its end, its length, and when an unfinished one is given.
#include "either_mode.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

TEST_CASE_METHOD(either_mode, "lines end with any byte") {
  options.delimiter = std::string(1, '\0');
  options.start = {.where = start_at::kind::last_lines, .lines = 2};
  append("log", std::string("one\0two\n\0", 9));
  append("log", "thr");
  follow("log");
  CHECK(took() == lines{"two\n"});
  append("log", std::string("ee\r\0", 4));
  step();
  CHECK(took() == lines{"three\r"});
}

TEST_CASE_METHOD(either_mode, "a line end of several bytes, written byte by byte") {
  options.delimiter = "\r\n--\n";
  append("log", "one\r\n--");
  follow("log");
  for (const char byte : std::string("\ntwo\n--\n\r\n--\nthree")) {
    append("log", {&byte, 1});
    step();
  }
  CHECK(took() == lines{"one", "two\n--\n"});
}

TEST_CASE_METHOD(either_mode, "a delimiter that can be none is refused") {
  options.delimiter = "";
  CHECK_THROWS_AS(subject(), std::invalid_argument);
}

TEST_CASE_METHOD(either_mode, "CR before LF is kept on request") {
  options.keep_return = true;
  append("log", "one\r\n");
  follow("log");
  CHECK(took() == lines{"one\r"});
}

TEST_CASE_METHOD(either_mode, "a long line is cut, whatever it is longer than") {
  options.block_size = 1024;
  options.max_line = GENERATE(as<std::size_t>{}, 100, 1000, 5000);
  const std::string whole = "begin" + std::string(9990, 'x') + "end";
  append("log", "a\n" + whole + "\r\nb\n" + whole);
  follow("log");
  CHECK(took() == lines{"a", whole, "b"});
  append("log", "\nc\n");
  step();
  CHECK(took() == lines{whole, "c"});
  CHECK(pieces() >= 2);
  CHECK(told<line_too_long>().empty());
}

TEST_CASE_METHOD(either_mode, "a long line that is cut by a rotation is one all the same") {
  options.max_line = 1000;
  const std::string half(3500, 'x');
  writer log(path("log"));
  log.write("one\n" + half);
  follow("log");
  rename("log", "log.1");
  append("log", "two\n");
  step();
  log.write(half);
  log.close();
  step(20s);
  CHECK(took() == lines{"one", half + half, "two"});
  CHECK(pieces() == 6);
}

TEST_CASE_METHOD(either_mode, "with once a long line is read to its end, or as far as it goes") {
  options.once = true;
  options.max_line = 1000;
  const std::string half(3500, 'x');
  append("log", "one\n" + half);
  subject().add(path("log"), now());
  SECTION("finished later") {
    append("log", half + "\ntwo\n");
    drain();
    CHECK(took() == lines{"one", half + half});
  }
  SECTION("unfinished") {
    drain();
    CHECK(took() == lines{"one", half});
  }
  CHECK(subject().finished());
}

TEST_CASE_METHOD(either_mode, "a stop within a long line leaves the rest that makes no piece") {
  options.max_line = 1000;
  append("log", std::string(3500, 'x') + "\n" + std::string(2500, 'y'));
  subject().add(path("log"), now());
  subject().stop(now());
  append("log", "z\n");
  drain();
  CHECK(took() == lines{std::string(3500, 'x')});
  CHECK(pieces() == 5);
  CHECK(subject().finished());
  subject().tell_partials();
  REQUIRE(told<partial_held>().size() == 1);
  CHECK(told<partial_held>()[0].offset == 5501);
  CHECK(told<partial_held>()[0].bytes == 500);
}

TEST_CASE_METHOD(either_mode, "a file cut within a long line is read from its beginning") {
  options.max_line = 1000;
  append("log", std::string(3500, 'x'));
  follow("log");
  CHECK(pieces() == 3);
  rewrite("log", "new\n");
  step();
  CHECK(took() == lines{"new"});
}

TEST_CASE_METHOD(follow_fixture, "a line of 100 MB takes the memory of a piece") {
  constexpr std::size_t size = 100'000'000;
  options.max_line = std::size_t{900} * 1024;
  append("log", "");
  std::filesystem::resize_file(path("log"), size);
  append("log", "\nnext\n");
  subject().add(path("log"), now());
  std::size_t bytes = 0;
  std::string last;
  chunk read;
  while (subject().read(read, now())) {
    for (const auto line : read.lines) {
      REQUIRE(line.size() <= options.max_line);
      bytes += line.size();
      last = line.substr(0, 10);
    }
  }
  CHECK(bytes == size + 4);
  CHECK(last == "next");
}

TEST_CASE_METHOD(either_mode, "an unfinished line is given when its file has been still") {
  options.flush_partial = 2s;
  append("log", "one\nha");
  follow("log");
  step(1900ms);
  append("log", "lf");
  step(1900ms);
  CHECK(took() == lines{"one"});
  step(300ms);
  CHECK(took() == lines{"half"});
  append("log", " and more\ntwo\n");
  step();
  CHECK(took() == lines{" and more", "two"});
  step(20s);
  CHECK(took().empty());
}

TEST_CASE_METHOD(either_mode, "a long unfinished line is given in pieces") {
  options.flush_partial = 2s;
  options.max_line = 1000;
  append("log", std::string(1001, 'x'));
  follow("log");
  step(3s);
  CHECK(took() == lines{std::string(1001, 'x')});
  CHECK(pieces() == 1);
}

TEST_CASE_METHOD(follow_fixture, "an unfinished line of a stream is given when it has been still") {
  options.flush_partial = 2s;
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  const fd pipe(::open(path("log").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  write_all(pipe.get(), "one\nhalf", "pipe");
  step(1900ms);
  CHECK(took() == lines{"one"});
  step(300ms);
  CHECK(took() == lines{"half"});
  write_all(pipe.get(), " and more\n", "pipe");
  step();
  CHECK(took() == lines{" and more"});
}

TEST_CASE_METHOD(follow_fixture, "a long line of a stream is cut") {
  options.block_size = 1024;
  options.max_line = GENERATE(as<std::size_t>{}, 100, 1000, 5000);
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  fd pipe(::open(path("log").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  const std::string whole = "begin" + std::string(9990, 'x') + "end";
  write_all(pipe.get(), "a\n" + whole + "\nb\n" + whole, "pipe");
  step();
  CHECK(took() == lines{"a", whole, "b"});
  pipe.reset();
  step();
  CHECK(took() == lines{whole});
}
