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
  CHECK(pattern("error", {.any_case = true}).found_in("ERROR"));
  CHECK(pattern("größe", {.any_case = true}).found_in("GRÖSSE GRÖßE"));
}

TEST_CASE("bytes that are no text do not disturb the match around them") {
  CHECK(pattern("b.c").found_in("\xff\0 b c"s));
  CHECK_FALSE(
      pattern("b.c").found_in("b\xff"
                              "c"));
}

TEST_CASE("a dot is no newline unless that is asked for") {
  CHECK_FALSE(pattern("a.b").found_in("a\nb"));
  CHECK(pattern("a.b", {.dot_is_any = true}).found_in("a\nb"));
}

TEST_CASE("plain text, with escaped operators too, is found as it stands") {
  CHECK(pattern(R"(1\.5 \(USD\))").found_in("costs 1.5 (USD)"));
  CHECK_FALSE(pattern(R"(1\.5)").found_in("125"));
  CHECK(pattern("größe").found_in("Die größe"));
  CHECK(pattern("").found_in(""));
}

TEST_CASE("operators are not taken for plain text") {
  CHECK(pattern(R"(\d\d)").found_in("42"));
  CHECK(pattern(R"(\bat\b)").found_in("look at it"));
  CHECK_FALSE(pattern(R"(\bat\b)").found_in("cat"));
  CHECK(pattern("a|b").found_in("b"));
  CHECK(pattern(R"(\Q1.5\E)").found_in("1.5"));
  CHECK(pattern("\\n").found_in("a\nb"));
}

TEST_CASE("an expression that speaks of bytes matches bytes") {
  CHECK(pattern(R"(\xff\xfe)").found_in("a\xff\xfe"));
  CHECK(pattern(R"(^[\x80-\xff]+$)").found_in("\x80\xc3\xff"));
  CHECK_FALSE(pattern(R"(^\xe9$)").found_in("é"));
  CHECK(pattern(R"(\x{ff}.)").found_in("\xff\xff"));
  CHECK(pattern("\xff").found_in("a\xff"));
  CHECK(pattern("\xff+.").found_in("a\xff\xff\xff"));
}

TEST_CASE("an expression of characters matches characters") {
  CHECK(pattern("^.$").found_in("é"));
  CHECK(pattern(R"(^\x{4e2d}$)").found_in("中"));
  CHECK(pattern(R"(\\x80)").found_in(R"(\x80)"));
  CHECK(pattern(R"(\x41)").found_in("A"));
}

TEST_CASE("an expression that is none says why") {
  CHECK_THROWS_AS(pattern("a("), invalid_pattern);
  CHECK_THROWS_WITH(pattern("a("), Catch::Contains("missing )"));
}
