#include <logpipe/base/pattern.hpp>

#include <catch2/catch.hpp>

#include <string>

using logpipe::invalid_pattern;
using logpipe::pattern;
using namespace std::string_literals;

TEST_CASE("a pattern is found anywhere in a text") {
  const pattern error("ERR(OR)?");
  CHECK(error.found_in("an ERROR occurred"));
  CHECK(error.found_in("ERR"));
  CHECK_FALSE(error.found_in("error"));
  CHECK_FALSE(error.found_in(""));
}

TEST_CASE("the ends of a pattern are the ends of the text, whatever line ends it holds") {
  CHECK(pattern("^at ").found_in("at x\nnext"));
  CHECK_FALSE(pattern("^at ").found_in("Exception\nat x"));
  CHECK_FALSE(pattern("x$").found_in("x\ny"));
}

TEST_CASE("letters of any case match where that is asked for") {
  CHECK(pattern("error", pattern::letters::any_case).found_in("ERROR"));
}

TEST_CASE("bytes that are no text do not disturb the match around them") {
  CHECK(pattern("b.c").found_in("\xff\0 b c"s));
  CHECK_FALSE(
      pattern("b.c").found_in("b\xff"
                              "c"));
}

TEST_CASE("an expression that is none says why") {
  CHECK_THROWS_AS(pattern("a("), invalid_pattern);
  CHECK_THROWS_WITH(pattern("a("), Catch::Contains("missing )"));
}
