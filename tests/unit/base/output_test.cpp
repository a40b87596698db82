#include <logpipe/base/fd.hpp>
#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <string>
#include <system_error>
#include <thread>

using logpipe::fd;
using logpipe::output_buffer;
using logpipe::write_all;
using logpipe::write_result;

namespace {

struct pipe_ends {
  fd reading;
  fd writing;
};

pipe_ends make_pipe(int flags = 0) {
  std::array<int, 2> numbers{};
  REQUIRE(::pipe2(numbers.data(), O_CLOEXEC | flags) == 0);
  return {fd(numbers[0]), fd(numbers[1])};
}

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

TEST_CASE("a buffer grows with what is appended") {
  output_buffer out(4);
  out.append("Partition:");
  out.append_number(12);
  out.append(',');
  out.append("");
  out.append_number(std::numeric_limits<std::int64_t>::min());
  CHECK(out.view() == "Partition:12,-9223372036854775808");
  CHECK(out.size() == out.view().size());
}

TEST_CASE("reserved room counts once it is committed") {
  output_buffer out(1);
  char* at = out.reserve(3);
  at[0] = 'a';
  at[1] = 'b';
  CHECK(out.empty());
  out.commit(2);
  CHECK(out.view() == "ab");
}

TEST_CASE("a buffer can be cut back and cleared") {
  output_buffer out(8);
  out.append("record and a half");
  out.truncate(6);
  CHECK(out.view() == "record");
  out.clear(4);
  CHECK(out.empty());
  out.append("again");
  CHECK(out.view() == "again");
}

TEST_CASE("write_all writes everything through a pipe that is smaller") {
  const int flags = GENERATE(0, O_NONBLOCK);
  pipe_ends pipe = make_pipe(flags);
  const std::string text(1'000'000, 'x');
  REQUIRE(::fcntl(pipe.reading.get(), F_SETFL, 0) == 0);
  std::string got;
  std::thread reader([&] { got = read_to_end(pipe.reading.get()); });
  CHECK(write_all(pipe.writing.get(), text, "pipe") == write_result::written);
  pipe.writing.reset();
  reader.join();
  CHECK(got == text);
}

TEST_CASE("write_all says when the reader has gone") {
  ::signal(SIGPIPE, SIG_IGN);
  pipe_ends pipe = make_pipe();
  pipe.reading.reset();
  CHECK(write_all(pipe.writing.get(), "text", "pipe") == write_result::closed);
}

TEST_CASE("write_all throws for a full disk, with the name of what was written") {
  const fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  try {
    write_all(full.get(), "text", "stdout");
    FAIL("nothing was thrown");
  } catch (const std::system_error& error) {
    CHECK(error.code() == std::errc::no_space_on_device);
    CHECK(std::string(error.what()).substr(0, 8) == "stdout: ");
  }
}
