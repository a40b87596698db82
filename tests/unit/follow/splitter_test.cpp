#include <logpipe/follow/splitter.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe::follow;
using namespace std::string_view_literals;

namespace {

struct split {
  std::vector<std::string_view> lines;
  std::vector<std::string_view> too_long;
  std::size_t rest;

  explicit split(std::string_view text, std::size_t searched = 0, std::size_t max_line = 100) {
    const char* end = text.data() + text.size();
    rest = static_cast<std::size_t>(
        end - split_lines(text.data(), text.data() + searched, end, max_line, lines,
                          [&](std::string_view line) { too_long.push_back(line); }));
  }
};

using lines = std::vector<std::string_view>;

}  // namespace

TEST_CASE("lines end with LF, the rest stays") {
  const split done("one\ntwo\n\nfour");
  CHECK(done.lines == lines{"one", "two", ""});
  CHECK(done.rest == 4);
}

TEST_CASE("CR before LF is dropped, any other stays") {
  CHECK(split("a\r\nb\r\r\n\r\nc\rd\n").lines == lines{"a", "b\r", "", "c\rd"});
  CHECK(split("\n").lines == lines{""});
}

TEST_CASE("no line end: everything is rest") {
  CHECK(split("abc\r").rest == 4);
  CHECK(split("").rest == 0);
}

TEST_CASE("what was searched before is part of the line") {
  CHECK(split("one two\nx\n", 5).lines == lines{"one two", "x"});
}

TEST_CASE("lines longer than the limit are given apart, without CR LF") {
  const split done("1234\r\n12345\r\n123\n", 0, 4);
  CHECK(done.lines == lines{"1234", "123"});
  CHECK(done.too_long == lines{"12345"});
}

TEST_CASE("an empty line has an address") {
  for (const auto line : split("\n\n").lines) {
    CHECK(line.data() != nullptr);
  }
}
