#include <logpipe/base/parse.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <string>

using namespace logpipe;
using namespace std::chrono_literals;

TEST_CASE("durations") {
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("10s") == 10s);
  CHECK(parse_duration("5m") == 5min);
  CHECK(parse_duration("2h") == 2h);
  CHECK(parse_duration("7d") == 7 * 24h);
  CHECK(parse_duration("0s") == 0s);
  CHECK(parse_duration("36500d") == longest_duration);
}

TEST_CASE("what is no duration") {
  const auto* const text =
      GENERATE("", "10", "s", "1.5s", "-1s", "+1s", "10 s", "10S", "10sec", "99999999999999999999s",
               "9223372036854775807d", "9223372036854775807ms", "36501d");
  CAPTURE(text);
  CHECK_FALSE(parse_duration(text));
}

TEST_CASE("sizes are powers of 1024") {
  CHECK(parse_size("0") == 0U);
  CHECK(parse_size("100") == 100U);
  CHECK(parse_size("64K") == 65536U);
  CHECK(parse_size("10M") == 10U * 1024 * 1024);
  CHECK(parse_size("1G") == 1024U * 1024 * 1024);
  const auto* const text = GENERATE("", "K", "64k", "64KB", "-1", "1.5M", "9999999999T");
  CAPTURE(text);
  CHECK_FALSE(parse_size(text));
}

TEST_CASE("integers are whole and fit") {
  CHECK(parse_integer("0") == 0);
  CHECK(parse_integer("-20") == -20);
  CHECK(parse_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  const auto* const text = GENERATE("", "-", "+5", " 5", "5 ", "5x", "0x5", "9223372036854775808");
  CAPTURE(text);
  CHECK_FALSE(parse_integer(text));
}

TEST_CASE("escapes become their bytes") {
  using namespace std::string_literals;
  CHECK(unescape(R"(plain)") == "plain");
  CHECK(unescape(R"(a\tb\r\n)") == "a\tb\r\n");
  CHECK(unescape(R"(\0\\)") == "\0\\"s);
  CHECK(unescape(R"(\x41\xfF\x00)") == "A\xff\0"s);
  CHECK(unescape("") == "");
}

TEST_CASE("an unknown escape is told with its position") {
  const auto [text, position] = GENERATE(table<std::string, std::size_t>(
      {{R"(\q)", 0}, {R"(ab\)", 2}, {R"(a\\\x4)", 3}, {R"(\n\xg0)", 2}, {R"(\x)", 0}}));
  CAPTURE(text);
  std::size_t bad = 99;
  CHECK_FALSE(unescape(text, &bad));
  CHECK(bad == position);
  CHECK_FALSE(unescape(text));
}

TEST_CASE("durations and sizes for people") {
  CHECK(format_duration(0ms) == "0ms");
  CHECK(format_duration(250ms) == "250ms");
  CHECK(format_duration(10s) == "10s");
  CHECK(format_duration(1500ms) == "1.5s");
  CHECK(format_duration(90s) == "1.5m");
  CHECK(format_duration(48h) == "2d");
  CHECK(format_duration(-5ms) == "0ms");
  CHECK(format_size(0) == "0");
  CHECK(format_size(1023) == "1023");
  CHECK(format_size(1536) == "1.5K");
  CHECK(format_size(10ULL << 20) == "10M");
}
