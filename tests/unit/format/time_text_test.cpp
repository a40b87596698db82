#include <logpipe/base/output.hpp>
#include <logpipe/format/time_text.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <string>

using logpipe::format::first_bad_conversion;
using logpipe::format::time_text;

namespace {

struct zone {
  explicit zone(const char* name) { ::setenv("TZ", name, 1); }
  ~zone() { ::unsetenv("TZ"); }
  zone(const zone&) = delete;
  zone& operator=(const zone&) = delete;
};

std::string print(time_text& text, std::int64_t timestamp) {
  logpipe::output_buffer out(1);
  text.append(out, timestamp);
  return std::string(out.view());
}

std::string print(const char* pattern, std::int64_t timestamp) {
  time_text text(pattern);
  return print(text, timestamp);
}

}  // namespace

TEST_CASE("times are local") {
  {
    const zone utc("UTC");
    CHECK(print("%Y-%m-%d %H:%M:%S", 1700000000123) == "2023-11-14 22:13:20");
  }
  const zone shanghai("CST-8");
  CHECK(print("%Y-%m-%dT%H:%M:%S%z", 1700000000123) == "2023-11-15T06:13:20+0800");
}

TEST_CASE("milliseconds stand where %3N stands") {
  const zone utc("UTC");
  CHECK(print("%S.%3N", 1700000000123) == "20.123");
  CHECK(print("%3N", 1700000000007) == "007");
  CHECK(print("%3N-%3N", 42) == "042-042");
  CHECK(print("%%3N", 42) == "%3N");
}

TEST_CASE("each record has its own time, whatever came before") {
  const zone utc("UTC");
  time_text text("%H:%M:%S.%3N");
  CHECK(print(text, 0) == "00:00:00.000");
  CHECK(print(text, 999) == "00:00:00.999");
  CHECK(print(text, 1000) == "00:00:01.000");
  CHECK(print(text, 1) == "00:00:00.001");
}

TEST_CASE("times before the epoch") {
  const zone utc("UTC");
  CHECK(print("%Y %H:%M:%S.%3N", -1) == "1969 23:59:59.999");
  CHECK(print("%Y %H:%M:%S.%3N", -1000) == "1969 23:59:59.000");
}

TEST_CASE("patterns may be long or expand to nothing") {
  const zone utc("UTC");
  CHECK(print("text alone", 0) == "text alone");
  std::string pattern;
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    pattern += "%A%c";
    expected += "ThursdayThu Jan  1 00:00:00 1970";
  }
  CHECK(print(pattern.c_str(), 0) == expected);
}

TEST_CASE("conversions are known to strftime or to us") {
  CHECK_FALSE(first_bad_conversion("%F %T.%3N %-d %^a %Ey %Od %%").has_value());
  CHECK(first_bad_conversion("%H %Q") == "%Q");
  CHECK(first_bad_conversion("%N") == "%N");
  CHECK(first_bad_conversion("%") == "%");
}
