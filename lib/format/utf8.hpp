#pragma once

#include <cstddef>
#include <string_view>

namespace logpipe::format {

/// Length of the valid UTF-8 sequence at the front of `text` (1 to 4), 0 when there is none.
/// Overlong forms, surrogates and code points above U+10FFFF are not valid.
std::size_t utf8_sequence(std::string_view text) noexcept;

/// The front of `text`, `most` bytes or so few less that no UTF-8 sequence is cut. `most` is at
/// least 4.
std::string_view utf8_front(std::string_view text, std::size_t most) noexcept;

/// The first byte of U+0080 to U+009F, the C1 controls, which terminals obey like ESC [; the second
/// is the code point.
inline constexpr char c1_lead = '\xc2';
constexpr bool is_c1_second(char byte) noexcept {
  return (byte & 0xe0) == 0x80;
}

}  // namespace logpipe::format
