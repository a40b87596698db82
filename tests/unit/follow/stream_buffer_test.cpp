#include <logpipe/follow/stream_buffer.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

using namespace logpipe::follow;

namespace {

using lines = std::vector<std::string>;

struct buffer_fixture {
  stream_buffer buffer{64, 1000};
  lines took;
  std::uint64_t end = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> passed_over;

  too_long_observer too_long() {
    return [this](std::uint64_t offset, std::uint64_t size) {
      passed_over.emplace_back(offset, size);
    };
  }
  void take(const chunk& out) {
    CHECK(out.begin >= end);
    end = out.end;
    for (const auto line : out.lines) {
      CHECK(out.offset_of(line) >= out.begin);
      CHECK(out.offset_of(line) + line.size() <= out.end);
      took.emplace_back(line);
    }
  }
  /// Writes the text in pieces of at most `most` bytes.
  void write(std::string_view text, std::size_t most) {
    while (!text.empty()) {
      const auto room = buffer.room();
      REQUIRE(room.size > 0);
      const std::size_t size = std::min({text.size(), room.size, most});
      std::memcpy(room.data, text.data(), size);
      chunk out;
      if (buffer.added(size, out, too_long())) take(out);
      text.remove_prefix(size);
    }
  }
  void close() {
    chunk out;
    if (buffer.take_rest(out, too_long())) take(out);
  }
};

}  // namespace

TEST_CASE_METHOD(buffer_fixture, "lines come whole however they are cut up") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  lines expected;
  for (std::size_t size = 0; size < 300; size += 3) {
    expected.push_back(std::string(size, 'x') + std::to_string(size));
    write(expected.back() + "\n", most);
  }
  write("rest", most);
  close();
  expected.push_back("rest");
  CHECK(took == expected);
  CHECK(passed_over.empty());
}

TEST_CASE_METHOD(buffer_fixture, "long lines are passed over, also as the rest") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  const std::string longest(1000, 'a');
  write(longest + "\r\n" + std::string(1001, 'b') + "\nnext\n" + std::string(7000, 'c') +
            "\nlast\n" + std::string(3000, 'd'),
        most);
  close();
  CHECK(took == lines{longest, "next", "last"});
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> expected = {
      {1002, 1001}, {2009, 7000}, {9015, 3000}};
  CHECK(passed_over == expected);
}

TEST_CASE_METHOD(buffer_fixture, "nothing behind the last line end is no line") {
  write("one\n", 64);
  close();
  CHECK(took == lines{"one"});
}

TEST_CASE_METHOD(buffer_fixture, "the memory for a line that is passed over stays bounded") {
  for (int i = 0; i < 1000; ++i) {
    CHECK(buffer.room().size <= 4096);
    write(std::string(1000, 'x'), 100000);
  }
}
