#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace logpipe::format {

// How far text can be taken as it is, eight bytes at a time: logs are nearly all plain ASCII. A
// word test says that one of eight bytes is special, then single bytes find which.

inline constexpr std::uint64_t every_byte = 0x0101010101010101;

/// A bit of 0x80 for (at least) the first byte of `word` that is below `limit` (at most 0x80); 0
/// when there is none.
constexpr std::uint64_t bytes_below(std::uint64_t word, std::uint64_t limit) noexcept {
  return (word - every_byte * limit) & ~word & (every_byte * 0x80);
}
constexpr std::uint64_t bytes_equal(std::uint64_t word, char c) noexcept {
  return bytes_below(word ^ (every_byte * static_cast<unsigned char>(c)), 1);
}

/// Length of the front of `text` whose bytes are all plain: `word_is_plain` (of 8 bytes) and
/// `is_plain` (of one) must agree.
template <typename WordTest, typename ByteTest>
std::size_t plain_prefix(std::string_view text, WordTest word_is_plain,
                         ByteTest is_plain) noexcept {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if (!word_is_plain(word)) break;
  }
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at])))
    ++at;
  return at;
}

inline std::size_t ascii_prefix(std::string_view text) noexcept {
  return plain_prefix(
      text, [](std::uint64_t word) { return (word & (every_byte * 0x80)) == 0; },
      [](unsigned char c) { return c < 0x80; });
}

inline bool word_is_printable_ascii(std::uint64_t word) noexcept {
  const std::uint64_t high = word & (every_byte * 0x80);
  return (high | bytes_below(word, 0x20) | bytes_equal(word, '\x7f')) == 0;
}

inline std::size_t printable_ascii_prefix(std::string_view text) noexcept {
  return plain_prefix(text, word_is_printable_ascii,
                      [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
}

/// Whether `text` begins with U+0080 to U+009F, which terminals obey like ESC [.
inline bool is_c1_control(std::string_view text) noexcept {
  return text.size() >= 2 && text[0] == '\xc2' && (text[1] & 0xe0) == 0x80;
}

}  // namespace logpipe::format
