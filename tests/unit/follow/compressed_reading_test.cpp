#include "temporary_directory.hpp"

#include <logpipe/follow/compressed/compressed_reading.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <support/compressed_text.hpp>
#include <utility>
#include <vector>

using namespace logpipe::follow;
using logpipe::test::compressed;

namespace {

using outcome = compressed_reading::outcome;
using lines = std::vector<std::string>;

/// A compressed generation and what was read of it.
struct reading_fixture : testing::temporary_directory {
  framing how{.end = line_end("\n", true)};
  std::size_t block_size = 1000;
  std::string text;
  std::optional<compressed_reading> reading;
  lines took;
  std::string joined;
  std::uint64_t end = 0;

  void read_from(std::uint64_t start, std::string_view bytes) {
    rewrite(bytes);
    compressed_file file(path());
    REQUIRE(file.skip_to(start));
    end = start;
    reading.emplace(std::move(file), 3, 7, block_size, how);
  }
  void read_from(std::uint64_t start) { read_from(start, compressed(compression::gzip, text)); }

  outcome read() {
    chunk out;
    const outcome what = reading->read(out, [](std::uint64_t, std::uint64_t) {});
    if (what == outcome::lines) take(out);
    return what;
  }
  outcome read_all() {
    while (true) {
      const outcome what = read();
      if (what != outcome::lines && what != outcome::more) return what;
    }
  }
  void take(const chunk& out) {
    CHECK(out.source == 3);
    CHECK(out.generation == 7);
    CHECK(out.inode == reading->file().id().inode);
    CHECK(out.begin == end);
    CHECK(out.end <= out.begin + block_size + how.max_line);
    CHECK(out.before_end == print_of(std::string_view(text).substr(0, out.end)));
    CHECK(reading->offset() == out.end);
    end = out.end;
    for (const auto line : out.lines) {
      CHECK(std::string_view(text).substr(out.offset_of(line), line.size()) == line);
      took.emplace_back(line);
    }
  }
};

}  // namespace

TEST_CASE_METHOD(reading_fixture,
                 "the lines are given from where the file stands, at their places") {
  block_size = GENERATE(as<std::size_t>{}, 64, 1000, 100'000);
  for (int n = 0; n < 1000; ++n) {
    text += "line " + std::to_string(n) + '\n';
  }
  const std::uint64_t start = text.find("line 500\n");
  read_from(start);
  CHECK(read_all() == outcome::at_end);
  CHECK(took.size() == 500);
  CHECK(took.front() == "line 500");
  CHECK(took.back() == "line 999");
  CHECK(end == text.size());
  CHECK_FALSE(reading->damaged());
}

TEST_CASE_METHOD(reading_fixture, "what stands before the first small chunk is known in full") {
  text = std::string(1000, 'x') + "\na\nb\n";
  read_from(1001);
  CHECK(read_all() == outcome::at_end);
  CHECK(took == lines{"a", "b"});  // take() has checked before_end
}

TEST_CASE_METHOD(reading_fixture, "what follows the last line end is a line") {
  text = "one\nhalf";
  read_from(0);
  CHECK(read_all() == outcome::at_end);
  CHECK(took == lines{"one", "half"});
  CHECK(reading->offset() == text.size());
}

TEST_CASE_METHOD(reading_fixture, "an empty one is at its end, and so is one that was read") {
  text = GENERATE("", "one\n");
  read_from(text.size());
  CHECK(read_all() == outcome::at_end);
  CHECK(took.empty());
  CHECK(reading->offset() == text.size());
}

TEST_CASE_METHOD(reading_fixture, "a line that damage cuts is not given") {
  text = "one\ntwo\nthr";
  read_from(0, compressed(compression::gzip, text) + "?");
  CHECK(read_all() == outcome::damaged);
  CHECK(took == lines{"one", "two"});
  CHECK(reading->offset() == 8);
  REQUIRE(reading->damaged());
  CHECK(reading->damaged()->offset == text.size());
}

TEST_CASE_METHOD(reading_fixture, "long lines come in pieces") {
  how.max_line = 100;
  text = std::string(250, 'x') + "\nshort\n";
  read_from(0);
  CHECK(read_all() == outcome::at_end);
  CHECK(took == lines{std::string(100, 'x'), std::string(100, 'x'), std::string(50, 'x'), "short"});
}

TEST_CASE_METHOD(reading_fixture, "a call decompresses a block at most") {
  text = std::string(1'000'000, 'x');
  how.max_line = 10'000'000;
  read_from(0);
  std::uint64_t before = 0;
  while (read() == outcome::more) {
    REQUIRE(reading->file().offset() <= before + block_size);
    before = reading->file().offset();
  }
  CHECK(took == lines{text});
}
