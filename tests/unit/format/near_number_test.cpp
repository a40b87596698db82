#include <logpipe/format/near_number.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <limits>
#include <string>

using logpipe::format::near_number;

namespace {

std::string text_of(near_number& numbers, std::int64_t value) {
  std::array<char, logpipe::format::longest_number> text{};
  return {text.data(), numbers.put(text.data(), value)};
}

}  // namespace

TEST_CASE("numbers that go up by one, across each change of what is kept") {
  near_number numbers;
  for (std::int64_t power = 1; power <= 1'000'000'000'000'000'000; power *= 10) {
    for (std::int64_t value = power - 3; value < power + 3; ++value)
      CHECK(text_of(numbers, value) == std::to_string(value));
    if (power == 1'000'000'000'000'000'000) break;
  }
}

TEST_CASE("the last four digits keep their zeros") {
  near_number numbers;
  for (const std::int64_t value : {120'000, 120'007, 120'070, 120'700, 127'000, 129'999, 120'000})
    CHECK(text_of(numbers, value) == std::to_string(value));
}

TEST_CASE("numbers that are not near each other") {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  near_number numbers;
  for (const std::int64_t value :
       {most, std::int64_t{0}, most - 1, std::int64_t{-1}, most, std::int64_t{10'000},
        std::int64_t{9'999}, std::int64_t{10'001}, std::numeric_limits<std::int64_t>::min()})
    CHECK(text_of(numbers, value) == std::to_string(value));
}
