#include <logpipe/follow/lines/splitter.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using namespace logpipe::follow;
using namespace std::string_view_literals;

namespace {

struct split {
  std::vector<std::string_view> lines;
  std::string_view rest;
  std::string_view long_line;

  explicit split(std::string_view text, std::size_t searched = 0,
                 const framing& how = {.end = line_end(), .max_line = 100}) {
    const char* end = text.data() + text.size();
    const auto stop = split_lines(how, text.data(), text.data() + searched, end, lines);
    rest = {stop.rest, static_cast<std::size_t>(end - stop.rest)};
    if (stop.long_line_end != nullptr) {
      long_line = {stop.rest, static_cast<std::size_t>(stop.long_line_end - stop.rest)};
      rest = {stop.behind_long_line, static_cast<std::size_t>(end - stop.behind_long_line)};
    }
  }
};

framing ended_by(std::string text, bool keep_return = false) {
  return {.end = line_end(std::move(text), keep_return), .max_line = 100};
}

using lines = std::vector<std::string_view>;

}  // namespace

TEST_CASE("lines end with LF, the rest stays") {
  const split done("one\ntwo\n\nfour");
  CHECK(done.lines == lines{"one", "two", ""});
  CHECK(done.rest == "four");
}

TEST_CASE("CR before LF is dropped, any other stays") {
  CHECK(split("a\r\nb\r\r\n\r\nc\rd\n").lines == lines{"a", "b\r", "", "c\rd"});
  CHECK(split("\n").lines == lines{""});
}

TEST_CASE("no line end: everything is rest") {
  CHECK(split("abc\r").rest == "abc\r");
  CHECK(split("").rest.empty());
}

TEST_CASE("what was searched before is part of the line") {
  CHECK(split("one two\nx\n", 5).lines == lines{"one two", "x"});
}

TEST_CASE("splitting stops at a line that is longer than the limit without its line end") {
  const framing how{.end = line_end(), .max_line = 4};
  const split done("1234\r\n12345\r\n123\n", 0, how);
  CHECK(done.lines == lines{"1234"});
  CHECK(done.long_line == "12345");
  CHECK(done.rest == "123\n");
}

TEST_CASE("CR is kept on request, and before any other line end") {
  CHECK(split("a\r\n\r\n", 0, ended_by("\n", true)).lines == lines{"a\r", "\r"});
  CHECK(split("a\r\t", 0, ended_by("\t")).lines == lines{"a\r"});
}

TEST_CASE("a line end is any byte") {
  CHECK(split("a\nb\0c\0d"sv, 0, ended_by(std::string(1, '\0'))).lines == lines{"a\nb", "c"});
}

TEST_CASE("a line end of several bytes") {
  const split done("one--two-three----four-", 0, ended_by("--"));
  CHECK(done.lines == lines{"one", "two-three", ""});
  CHECK(done.rest == "four-");
}

TEST_CASE("a line end of several bytes is found wherever an earlier search ended in it") {
  const std::string_view text = "one<-->two<-->";
  for (std::size_t searched = 0; searched < 7; ++searched) {
    CHECK(split(text, searched, ended_by("<-->")).lines == lines{"one", "two"});
  }
  for (std::size_t searched = 0; searched < 4; ++searched) {
    CHECK(split("<-->x", searched, ended_by("<-->")).lines == lines{""});
  }
}

TEST_CASE("an empty line has an address") {
  for (const auto line : split("\n\n").lines) {
    CHECK(line.data() != nullptr);
  }
}
