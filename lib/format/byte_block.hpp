#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace logpipe::format {

// Text is looked at and copied sixteen bytes at a time: logs are nearly all plain ASCII. The tests
// are written in the compilers' vectors, `(block < ' ') | (block == '"')`, which every processor
// has in some form; the bytes are signed, so that what is beyond ASCII is below 0.

using byte_block = signed char __attribute__((vector_size(16)));
inline constexpr std::size_t block_size = 16;

inline byte_block load_block(const char* from) noexcept {
  byte_block block;
  std::memcpy(&block, from, block_size);
  return block;
}

inline void store_block(char* to, byte_block block) noexcept {
  std::memcpy(to, &block, block_size);
}

/// The block of `count` bytes (below 16) at `from` and zeros. Reads nothing behind them.
inline byte_block load_rest(const char* from, std::size_t count) noexcept {
  const auto word = [from](std::size_t at, auto part) {
    std::memcpy(&part, from + at, sizeof part);
    return std::uint64_t{part};
  };
  if constexpr (std::endian::native != std::endian::little) {
    byte_block block{};
    std::memcpy(&block, from, count);
    return block;
  }
  std::array<std::uint64_t, 2> words{};
  // Two reads that overlap; what the second has in common with the first is shifted out.
  if (count > 8) {
    words = {word(0, std::uint64_t{}), word(count - 8, std::uint64_t{}) >> (8 * (16 - count))};
  } else if (count >= 4) {
    words[0] = word(0, std::uint32_t{}) | word(count - 4, std::uint32_t{}) << (8 * (count - 4));
  } else if (count > 0) {
    const auto byte = [&](std::size_t at) { return word(at, std::uint8_t{}) << (8 * at); };
    words[0] = byte(0) | byte(count / 2) | byte(count - 1);
  }
  return std::bit_cast<byte_block>(words);
}

/// A bit for each byte that a test is true for, the lowest for the first byte.
template <typename Test>
std::uint32_t marks_of(Test test) noexcept {
#ifdef __SSE2__
  return static_cast<std::uint32_t>(_mm_movemask_epi8(std::bit_cast<__m128i>(test)));
#else
  std::uint32_t marks = 0;
  for (std::size_t i = 0; i < block_size; ++i)
    marks |= static_cast<std::uint32_t>(test[i] & 1) << i;
  return marks;
#endif
}

/// Two places in a copy that goes on as long as bytes are what they are in the copy too.
struct text_copy {
  const char* from;
  const char* end;
  /// There is room for all that is left and a block more.
  char* to;

  bool at_end() const noexcept { return from == end; }

  /// Copies up to the first byte for which `is_special(byte_block)` is true, or the end.
  template <typename Test>
  void run(Test is_special) noexcept {
    // A store to `to` might change our members, for all that the compiler knows: in locals they
    // stay in registers.
    const char* source = from;
    char* target = to;
    auto left = static_cast<std::size_t>(end - source);
    std::size_t plain = 0;
    for (; left >= block_size; left -= block_size, source += block_size, target += block_size) {
      const byte_block block = load_block(source);
      store_block(target, block);
      const std::uint32_t marks = marks_of(is_special(block));
      if (marks == 0) continue;
      plain = static_cast<std::size_t>(std::countr_zero(marks));
      from = source + plain;
      to = target + plain;
      return;
    }
    const byte_block block = load_rest(source, left);
    store_block(target, block);
    plain = static_cast<std::size_t>(std::countr_zero(marks_of(is_special(block)) | 1U << left));
    from = source + plain;
    to = target + plain;
  }
  void advance(std::size_t count) noexcept {
    from += count;
    to += count;
  }
};

}  // namespace logpipe::format
