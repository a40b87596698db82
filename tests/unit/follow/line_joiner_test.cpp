#include <logpipe/follow/lines/line_joiner.hpp>
#include <logpipe/follow/lines/stream_buffer.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;

namespace {

using lines = std::vector<std::string>;

/// Texts of generations, cut to lines, and the records that come of them.
struct joiner_fixture {
  framing how{.end = line_end(), .max_line = 40};
  line_joiner joiner{{.start = pattern("^[0-9]"), .timeout = 2s}, how};
  time_point now{};
  lines records;
  std::vector<chunk> chunks;
  std::string begun;

  /// The generation's text as one chunk, or several where lines are long; begins at `offset`.
  void read(generation_id generation, std::string_view text, std::uint64_t offset = 0,
            std::uint64_t inode = 0) {
    stream_buffer buffer(1024, how);
    std::memcpy(buffer.room().data, text.data(), text.size());
    buffer.added(text.size());
    chunk read;
    while (buffer.take(read, {}) || buffer.take_rest(read, {})) {
      read.generation = generation;
      read.inode = inode != 0 ? inode : 100 + generation;
      read.base += offset;
      read.begin += offset;
      read.end += offset;
      joiner.add(std::move(read), now);
    }
    take();
  }
  void take() {
    chunk out;
    while (joiner.take(out)) {
      for (const auto line : out.lines) {
        CHECK(line.size() <= how.max_line);
        begun += line;
        if (!out.partial) records.push_back(std::exchange(begun, {}));
      }
      chunks.push_back(out);
    }
  }
  lines took() { return std::exchange(records, {}); }
};

}  // namespace

TEST_CASE_METHOD(joiner_fixture, "a line that does not match belongs to the record before it") {
  read(1, "1 one\n at a\r\n\n2 two\n3 three\n at b\n");
  CHECK(took() == lines{"1 one\n at a\r\n", "2 two"});
  read(1, " at c\n4 four\n", 38);
  CHECK(took() == lines{"3 three\n at b\n at c"});
  joiner.end_all();
  take();
  CHECK(took() == lines{"4 four"});
  CHECK(joiner.is_empty());
}

TEST_CASE_METHOD(joiner_fixture, "lines before the first start are a record too") {
  read(1, "one\ntwo\n3\n");
  CHECK(took() == lines{"one\ntwo"});
}

TEST_CASE_METHOD(joiner_fixture, "what is held is not covered, and covered without a gap later") {
  read(1, "1 one\n at a\n2 two\n");
  REQUIRE(chunks.size() == 1);
  CHECK(chunks[0].begin == 0);
  CHECK(chunks[0].end == 12);
  REQUIRE(joiner.held().size() == 1);
  CHECK(joiner.held()[0].begin == 12);
  CHECK(joiner.held()[0].end == 18);
  read(1, " at b\n3\n", 18);
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[1].begin == 12);
  CHECK(chunks[1].end == 24);
  CHECK(chunks[1].offset_of(chunks[1].lines[0]) == 12);
}

TEST_CASE_METHOD(joiner_fixture, "a record ends when no line has come for long") {
  read(1, "1 one\n");
  CHECK(joiner.due() == now + 2s);
  now += 1s;
  read(1, " at a\n", 6);
  joiner.end_stale(now + 1999ms);
  take();
  CHECK(took().empty());
  joiner.end_stale(now + 2s);
  take();
  CHECK(took() == lines{"1 one\n at a"});
  CHECK_FALSE(joiner.due());
}

TEST_CASE_METHOD(joiner_fixture, "a record goes on in the next generation") {
  read(1, "1 one\n at a\n");
  read(2, " at b\n2 two\n");
  CHECK(took() == lines{"1 one\n at a\n at b"});
  REQUIRE(chunks.size() == 1);
  CHECK(chunks[0].generation == 1);
  CHECK(chunks[0].end == 12);
  REQUIRE(chunks[0].also.size() == 1);
  CHECK(chunks[0].also[0].generation == 2);
  CHECK(chunks[0].also[0].begin == 0);
  CHECK(chunks[0].also[0].end == 6);
}

TEST_CASE_METHOD(joiner_fixture, "a line that has no end is joined to the next by one") {
  read(1, "1 one\n at a");
  read(2, " at b\n2 two\n");
  CHECK(took() == lines{"1 one\n at a\n at b"});
}

TEST_CASE_METHOD(joiner_fixture, "a file that was cut ends the record") {
  read(1, "1 one\n", 0, 7);
  read(2, " at b\n2 two\n", 0, 7);
  CHECK(took() == lines{"1 one", " at b"});
}

TEST_CASE_METHOD(joiner_fixture, "late lines of an old generation do not mix with the new one's") {
  read(1, "1 one\n");
  read(2, "2 two\n");
  read(1, " late\n", 6);
  read(2, " at b\n3 three\n", 6);
  CHECK(took() == lines{"1 one", "2 two\n at b"});
  joiner.end_all();
  take();
  CHECK(took() == lines{" late", "3 three"});
}

TEST_CASE_METHOD(joiner_fixture, "a record that grows too long comes in pieces") {
  const std::string record = "1 " + std::string(20, 'x') + "\n " + std::string(30, 'y') + "\n " +
                             std::string(60, 'z') + "\n end";
  SECTION("within a chunk") {
    read(1, record + "\n2\n");
  }
  SECTION("line by line") {
    std::uint64_t offset = 0;
    for (std::size_t begin = 0; begin < record.size();) {
      const std::size_t end = std::min(record.find('\n', begin), record.size());
      read(1, record.substr(begin, end - begin) + "\n", offset);
      offset += end + 1 - begin;
      begin = end + 1;
    }
    read(1, "2\n", offset);
  }
  CHECK(took() == lines{record});
  std::uint64_t end = 0;
  for (const auto& piece : chunks) {
    CHECK(piece.begin == end);
    end = piece.end;
  }
  CHECK(end == record.size() + 1);
}

TEST_CASE_METHOD(joiner_fixture, "a record of just the longest size is not cut") {
  const std::string record = "1\n" + std::string(38, 'x');
  read(1, record + "\n");
  read(1, "2\n", 41);
  CHECK(took() == lines{record});
  CHECK(chunks.size() == 1);
}

TEST_CASE_METHOD(joiner_fixture, "the pieces of a long line are no lines of their own") {
  read(1, "1 " + std::string(38, 'x') + "2 is no start" + "\n3 three\n");
  CHECK(took() == lines{"1 " + std::string(38, 'x') + "2 is no start"});
}
