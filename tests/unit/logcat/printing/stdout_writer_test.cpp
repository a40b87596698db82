#include "logcat/printing/stdout_writer.hpp"

#include <logpipe/base/fd.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <system_error>

using logpipe::fd;
using logpipe::logcat::stdout_writer;
using outcome = stdout_writer::outcome;

namespace {

struct pipe_ends {
  fd reading;
  fd writing;
};

pipe_ends make_pipe() {
  std::array<int, 2> numbers{};
  REQUIRE(::pipe2(numbers.data(), O_CLOEXEC) == 0);
  return {fd(numbers[0]), fd(numbers[1])};
}

short events_of(int descriptor, short asked) {
  pollfd watched{descriptor, asked, 0};
  ::poll(&watched, 1, 0);
  return watched.revents;
}

}  // namespace

TEST_CASE("a full pipe blocks, and the rest goes on when it has room") {
  const pipe_ends pipe = make_pipe();
  const stdout_writer writer(pipe.writing.get());
  const std::string text(3'000'000, 'x');
  std::string_view rest = text;
  REQUIRE(writer.write(rest) == outcome::blocked);
  REQUIRE(rest.size() < text.size());
  CHECK(events_of(writer.descriptor(), POLLOUT) == 0);

  std::string got;
  std::array<char, 65536> block{};
  for (outcome result = outcome::blocked; result == outcome::blocked || got.size() < text.size();) {
    const ssize_t size = ::read(pipe.reading.get(), block.data(), block.size());
    REQUIRE(size > 0);
    got.append(block.data(), static_cast<std::size_t>(size));
    result = writer.write(rest);
  }
  CHECK(got == text);
}

TEST_CASE("other users of the pipe are not made non-blocking") {
  const pipe_ends pipe = make_pipe();
  const stdout_writer writer(pipe.writing.get());
  CHECK((::fcntl(pipe.writing.get(), F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE("a reader that has gone is seen by poll and by write") {
  std::signal(SIGPIPE, SIG_IGN);
  pipe_ends pipe = make_pipe();
  const stdout_writer writer(pipe.writing.get());
  CHECK(events_of(writer.descriptor(), 0) == 0);
  pipe.reading.reset();
  CHECK((events_of(writer.descriptor(), 0) & POLLERR) != 0);
  std::string_view rest = "text";
  CHECK(writer.write(rest) == outcome::closed);
}

TEST_CASE("a file is written where it stands") {
  std::string path = "/tmp/logcat-stdout-XXXXXX";
  const fd file(::mkstemp(path.data()));
  REQUIRE(::write(file.get(), "old ", 4) == 4);
  const stdout_writer writer(file.get());
  std::string_view rest = "new";
  CHECK(writer.write(rest) == outcome::written);
  std::array<char, 16> block{};
  CHECK(std::string(block.data(), static_cast<std::size_t>(
                                      ::pread(file.get(), block.data(), 16, 0))) == "old new");
  ::unlink(path.c_str());
}

TEST_CASE("a full disk and a closed stdout are errors") {
  const fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const stdout_writer writer(full.get());
  std::string_view rest = "text";
  CHECK_THROWS_WITH(writer.write(rest), Catch::Contains("stdout"));
  CHECK_THROWS_AS(stdout_writer(-1), std::system_error);
}
