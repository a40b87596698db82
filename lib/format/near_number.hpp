#pragma once

#include <logpipe/format/byte_block.hpp>
#include <logpipe/format/digits.hpp>

#include <array>
#include <cstdint>
#include <cstring>

namespace logpipe::format {

/// Writes numbers that lie near the one before, as offsets and timestamps do: the text of all but
/// the last four digits is kept. A third of put_number's instructions. Not thread-safe.
class near_number {
public:
  /// There must be room for `longest_number` characters; returns the end of what was written.
  char* put(char* at, std::int64_t number) noexcept {
    const auto value = static_cast<std::uint64_t>(number);
    const std::uint64_t front = value / 10'000;
    if (front != m_front || number < 10'000) {
      if (number < 10'000) return put_number(at, number);
      m_front = front;
      m_size = static_cast<std::size_t>(put_unsigned(m_text.data(), front) - m_text.data());
    }
    std::memcpy(at, m_text.data(), block_size);  // an int64's front has up to 15 digits
    const auto rest = static_cast<std::uint32_t>(value - front * 10'000);
    std::memcpy(at + m_size, digit_pairs.data() + rest / 100 * 2, 2);
    std::memcpy(at + m_size + 2, digit_pairs.data() + rest % 100 * 2, 2);
    return at + m_size + 4;
  }

private:
  std::uint64_t m_front = 0;
  std::size_t m_size = 0;
  std::array<char, longest_number> m_text{};
};

}  // namespace logpipe::format
