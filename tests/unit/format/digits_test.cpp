#include <logpipe/format/digits.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <string>

namespace {

std::string digits(std::int64_t value) {
  std::array<char, logpipe::format::longest_number> text{};
  return {text.data(), logpipe::format::put_number(text.data(), value)};
}

}  // namespace

TEST_CASE("numbers of every length, on both sides of each power of ten") {
  CHECK(digits(0) == "0");
  std::int64_t power = 1;
  for (int length = 1; length <= 18; ++length) {
    power *= 10;
    CHECK(digits(power - 1) == std::to_string(power - 1));
    CHECK(digits(power) == std::to_string(power));
    CHECK(digits(power + 1) == std::to_string(power + 1));
    CHECK(digits(power * 7 / 3) == std::to_string(power * 7 / 3));
    CHECK(digits(-power) == std::to_string(-power));
  }
}

TEST_CASE("powers of two, the largest and the smallest number") {
  for (int shift = 0; shift < 63; ++shift) {
    const std::int64_t value = std::int64_t{1} << shift;
    CHECK(digits(value) == std::to_string(value));
    CHECK(digits(value - 1) == std::to_string(value - 1));
  }
  CHECK(digits(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
  CHECK(digits(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}
