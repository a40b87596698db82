#include <logpipe/format/escape.hpp>
#include <logpipe/format/scan.hpp>

#include <array>
#include <cstdint>

namespace logpipe::format {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_hex_escape(output_buffer& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  const std::array<char, 4> text = {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
  out.append({text.data(), text.size()});
}

/// Length of the front of `text` that is printed as it is.
std::size_t harmless_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    at += printable_ascii_prefix(text.substr(at));
    if (at == text.size() || static_cast<unsigned char>(text[at]) < 0x80) break;
    const std::size_t length = utf8_sequence(text.substr(at));
    if (length == 0 || is_c1_control(text.substr(at))) break;
    at += length;
  }
  return at;
}

}  // namespace

void append_escaped(output_buffer& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t harmless = harmless_prefix(text);
    out.append(text.substr(0, harmless));
    text.remove_prefix(harmless);
    for (std::size_t left = is_c1_control(text) ? 2 : 1; left > 0 && !text.empty(); --left) {
      append_hex_escape(out, text.front());
      text.remove_prefix(1);
    }
  }
}

void append_hex(output_buffer& out, std::string_view bytes) {
  char* at = out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *at++ = hex_digits[byte >> 4];
    *at++ = hex_digits[byte & 15];
  }
  out.commit(bytes.size() * 2);
}

std::size_t utf8_sequence(std::string_view text) noexcept {
  const auto byte = [&](std::size_t at) -> unsigned {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
  };
  const auto continues = [&](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      if ((byte(at) & 0xc0U) != 0x80) return false;
    }
    return true;
  };
  if (text.empty()) return 0;
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;  // a continuation byte, or an overlong form
  if (first < 0xe0) return continues(1, 2) ? 2 : 0;
  if (first < 0xf0) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second >= 0xa0;
    return !overlong && !surrogate && continues(1, 3) ? 3 : 0;
  }
  if (first > 0xf4) return 0;
  const bool overlong = first == 0xf0 && second < 0x90;
  const bool too_large = first == 0xf4 && second >= 0x90;
  return !overlong && !too_large && continues(1, 4) ? 4 : 0;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty()) break;
    const std::size_t length = utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace logpipe::format
