#include <logpipe/format/format_parser.hpp>

#include <catch2/catch.hpp>

#include <string>

using logpipe::format::format_error;
using logpipe::format::parse_format;
using logpipe::format::token;

TEST_CASE("a format is tokens and the text between them") {
  const auto parts = parse_format(R"(%t [%p]\t%d{%H:%M}%H{trace}\n)");
  REQUIRE(parts.size() == 7);
  CHECK(parts[0].what == token::topic);
  CHECK(parts[1].what == token::literal);
  CHECK(parts[1].text == " [");
  CHECK(parts[2].what == token::partition);
  CHECK(parts[3].text == "]\t");
  CHECK(parts[4].what == token::time);
  CHECK(parts[4].text == "%H:%M");
  CHECK(parts[5].what == token::header);
  CHECK(parts[5].text == "trace");
  CHECK(parts[6].text == "\n");
}

TEST_CASE("percent signs join the text around them") {
  const auto parts = parse_format("100%% of %%s");
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].text == "100% of %s");
}

TEST_CASE("a brace in a header's name is written as an escape") {
  CHECK(parse_format(R"(%H{a\x7db})").at(0).text == "a}b");
}

TEST_CASE("a format that cannot be understood is told with its position") {
  const auto [text, position, word] = GENERATE(table<std::string, std::size_t, std::string>({
      {"%q", 0, "%q"},
      {"%s %", 3, "%%"},
      {R"(ab\qc)", 2, R"(\q)"},
      {R"(%s\)", 2, "escape"},
      {R"(%s\%s)", 2, "escape"},
      {"%d", 0, "braces"},
      {"x%dx", 1, "braces"},
      {"%H", 0, "header"},
      {"%d{%Y", 0, "closing brace"},
      {"%d{}", 0, "strftime"},
      {"%H{}", 0, "name"},
      {"%d{%Q}", 3, "%Q"},
      {"%d{%6N}", 3, "%6"},
      {R"(%d{\q})", 3, R"(\q)"},
  }));
  CAPTURE(text);
  try {
    parse_format(text);
    FAIL("it was understood");
  } catch (const format_error& error) {
    CHECK(error.position() == position);
    CHECK_THAT(error.what(), Catch::Contains(word));
  }
}
