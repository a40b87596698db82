#include <logpipe/format/byte_block.hpp>
#include <logpipe/format/escape.hpp>
#include <logpipe/format/utf8.hpp>

#include <algorithm>

namespace logpipe::format {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::size_t escape_size = 4;  // \xNN

char* put_hex(char* at, char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  *at++ = hex_digits[byte >> 4];
  *at++ = hex_digits[byte & 15];
  return at;
}

/// The next `count` bytes as \xNN.
void escape(text_copy& copy, std::size_t count) noexcept {
  for (; count > 0; --count) {
    *copy.to++ = '\\';
    *copy.to++ = 'x';
    copy.to = put_hex(copy.to, *copy.from++);
  }
}

/// Copies what is beyond ASCII, at which it stands.
void copy_beyond_ascii(text_copy& copy) noexcept {
  while (!copy.at_end() && static_cast<unsigned char>(*copy.from) >= 0x80) {
    const std::size_t length = utf8_sequence({copy.from, copy.end});
    const bool is_c1 = length == 2 && *copy.from == c1_lead && is_c1_second(copy.from[1]);
    if (length == 0 || is_c1) {
      escape(copy, std::max<std::size_t>(length, 1));
      continue;
    }
    std::memcpy(copy.to, copy.from, length);
    copy.advance(length);
  }
}

}  // namespace

void append_escaped(output_buffer& out, std::string_view text) {
  constexpr std::size_t most_at_once = 4096;
  while (!text.empty()) {
    const std::string_view piece = utf8_front(text, most_at_once);
    char* const begin = out.reserve(piece.size() * escape_size + block_size);
    text_copy copy{piece.data(), piece.data() + piece.size(), begin};
    for (;;) {
      copy.run([](byte_block b) { return (b < ' ') | (b == 0x7f); });  // beyond ASCII: below 0
      if (copy.at_end()) break;
      if (static_cast<unsigned char>(*copy.from) < 0x80) escape(copy, 1);
      copy_beyond_ascii(copy);
    }
    out.commit(static_cast<std::size_t>(copy.to - begin));
    text.remove_prefix(piece.size());
  }
}

void append_hex(output_buffer& out, std::string_view bytes) {
  char* at = out.reserve(bytes.size() * 2);
  for (const char c : bytes)
    at = put_hex(at, c);
  out.commit(bytes.size() * 2);
}

}  // namespace logpipe::format
