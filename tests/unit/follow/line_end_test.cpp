#include <logpipe/follow/lines/line_end.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

using namespace logpipe::follow;

TEST_CASE("a line end has 1 to 256 bytes") {
  CHECK_THROWS_AS(line_end(""), std::invalid_argument);
  CHECK_NOTHROW(line_end(std::string(256, '-')));
  CHECK_THROWS_AS(line_end(std::string(257, '-')), std::invalid_argument);
}

TEST_CASE("only LF takes a CR before it") {
  CHECK(line_end().takes_return());
  CHECK_FALSE(line_end("\n", true).takes_return());
  CHECK_FALSE(line_end("\t").takes_return());
}

TEST_CASE("a line end is found whole or not at all") {
  const line_end ends("ab");
  const std::string_view text = "aaab";
  CHECK(ends.find(text.data(), text.data() + 4) == text.data() + 2);
  CHECK(ends.find(text.data(), text.data() + 3) == nullptr);
}

TEST_CASE("what an unfinished line ends with may belong to its line end") {
  CHECK(line_end().most_begun() == 1);
  CHECK(line_end("\n", true).most_begun() == 0);
  CHECK(line_end("abc").most_begun() == 2);
}
