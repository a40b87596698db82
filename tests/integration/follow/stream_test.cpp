#include "follow_fixture.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

struct stream_fixture : follow_fixture {
  /// Gives the follower a pipe's reading end; returns the writing end.
  fd pipe_in() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    subject().add_stream(fd(ends[0]), path("log"));
    return fd(ends[1]);
  }
  bool woken() {
    pollfd wake{.fd = subject().wake_fd(), .events = POLLIN, .revents = 0};
    return ::poll(&wake, 1, 0) > 0;
  }
  void put(const fd& to, std::string_view text) { write_all(to.get(), text, "pipe"); }
  fd open_writer(const std::string& name) {
    fd file(::open(path(name).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    REQUIRE(file);
    return file;
  }
};

}  // namespace

TEST_CASE_METHOD(stream_fixture, "a pipe's lines come as they are written, its rest at its end") {
  fd pipe = pipe_in();
  step();
  put(pipe, "one\r\ntw");
  step();
  CHECK(took() == lines{"one"});
  CHECK_FALSE(woken());
  put(pipe, "o\nthree");
  step();
  CHECK(took() == lines{"two"});
  pipe.reset();
  step();
  CHECK(took() == lines{"three"});
  CHECK(subject().finished());
  CHECK_FALSE(woken());
}

TEST_CASE_METHOD(stream_fixture, "a pipe's long lines") {
  options.block_size = 1024;
  options.max_line = 10'000;
  options.long_lines = long_lines::pass_over;
  fd pipe = pipe_in();
  const std::string whole(10'000, 'w');
  put(pipe, "a\n" + whole + "\r\n" + std::string(10'001, 'l') + "\nb\n" + std::string(10'002, 'm'));
  pipe.reset();
  step();
  CHECK(took() == lines{"a", whole, "b"});
  const auto passed_over = told<line_too_long>();
  REQUIRE(passed_over.size() == 2);
  CHECK(passed_over[0].offset == 10'004);
  CHECK(passed_over[0].size == 10'001);
  CHECK(passed_over[1].offset == 20'008);
  CHECK(passed_over[1].size == 10'002);
}

TEST_CASE_METHOD(stream_fixture, "a regular file as stdin is read from where it stands") {
  append("input", "one\ntwo\nthree");
  fd file(::open(path("input").c_str(), O_RDONLY | O_CLOEXEC));
  ::lseek(file.get(), 4, SEEK_SET);
  subject().add_stream(std::move(file), path("log"));
  drain();
  CHECK(took() == lines{"two", "three"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(stream_fixture, "stop takes what the pipe holds") {
  fd pipe = pipe_in();
  put(pipe, "one\ntwo");
  subject().stop(now());
  put(pipe, " three\n");
  drain();
  CHECK(took() == lines{"one", "two"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(stream_fixture, "a FIFO outlives its writers without a busy loop") {
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  CHECK_FALSE(woken());
  for (const std::string text : {"one", "two"}) {
    fd fifo = open_writer("log");
    put(fifo, fmt::format("{0}\n{0}", text));
    step();
    CHECK(took() == lines{text});
    fifo.reset();
    step();
    CHECK(took() == lines{text});
    CHECK_FALSE(woken());
    CHECK_FALSE(subject().finished());
  }
}

TEST_CASE_METHOD(stream_fixture, "once waits for a FIFO's first writer and ends with its last") {
  options.once = true;
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  CHECK_FALSE(subject().finished());
  fd fifo = open_writer("log");
  put(fifo, "one\n");
  fifo.reset();
  step();
  CHECK(took() == lines{"one"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(stream_fixture, "a stream that is held wakes nobody") {
  const bool is_fifo = GENERATE(false, true);
  fd writer;
  if (is_fifo) {
    REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
    follow("log");
    writer = open_writer("log");
  } else {
    writer = pipe_in();
  }
  put(writer, "one\n");
  step();
  subject().hold(0, true);
  subject().hold(0, true);
  put(writer, "two\nthree");
  CHECK_FALSE(woken());
  writer.reset();
  CHECK_FALSE(woken());
  step();
  CHECK(took() == lines{"one"});
  CHECK_FALSE(subject().finished());
  subject().hold(0, false);
  subject().hold(0, false);
  CHECK(woken());
  step();
  CHECK(took() == lines{"two", "three"});
  CHECK_FALSE(woken());
}

TEST_CASE_METHOD(stream_fixture, "a limit of lines holds for streams that are read already") {
  const fd pipe = pipe_in();
  put(pipe, "12345678\n1234567");
  step();
  subject().limit_lines(options.max_line = 4);
  put(pipe, "8\n12345678\n");
  step();
  CHECK(took() == lines{"12345678", "12345678", "12345678"});
  CHECK(pieces() == 2);
}
