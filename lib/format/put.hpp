#pragma once

#include <logpipe/format/byte_block.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace logpipe::format {

// Writing to where room was made before; each returns the end of what was written.

inline char* put(char* at, std::string_view text) noexcept {
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

/// Copies in whole blocks: `text` may be read and `at` written up to the next multiple of one, and
/// one block where `size` is 0.
inline char* put_padded(char* at, const char* text, std::size_t size) noexcept {
  std::size_t done = 0;
  do {
    std::memcpy(at + done, text + done, block_size);
    done += block_size;
  } while (done < size);
  return at + size;
}

/// A literal that is copied in a few moves of whole blocks; up to 15 bytes behind it are written
/// over.
template <std::size_t Size>
class put_literal {
public:
  // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions): from "..."
  consteval put_literal(const char (&text)[Size + 1]) {
    std::copy_n(static_cast<const char*>(text), Size, m_text.begin());
  }
  char* operator()(char* at) const noexcept {
    std::memcpy(at, m_text.data(), m_text.size());
    return at + Size;
  }

private:
  std::array<char, (Size + block_size - 1) / block_size * block_size> m_text{};
};
template <std::size_t Size>
put_literal(const char (&)[Size]) -> put_literal<Size - 1>;

}  // namespace logpipe::format
