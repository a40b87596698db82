#include <logpipe/format/base64.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace logpipe::format {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned char no_digit = 64;

constexpr auto value_of_digit = [] {
  std::array<unsigned char, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < digits.size(); ++i)
    values[static_cast<unsigned char>(digits[i])] = static_cast<unsigned char>(i);
  return values;
}();

}  // namespace

void append_base64(output_buffer& out, std::string_view bytes) {
  const std::size_t size = (bytes.size() + 2) / 3 * 4;
  char* to = out.reserve(size);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    }
    *to++ = digits[bits >> 18];
    *to++ = digits[bits >> 12 & 63U];
    *to++ = group.size() > 1 ? digits[bits >> 6 & 63U] : '=';
    *to++ = group.size() > 2 ? digits[bits & 63U] : '=';
  }
  out.commit(size);
}

std::optional<std::size_t> decode_base64(std::string_view text, char* to) {
  if (text.size() % 4 != 0) return std::nullopt;
  char* const first = to;
  const std::size_t padding = text.size() - std::min(text.find_last_not_of('=') + 1, text.size());
  if (padding > 2) return std::nullopt;
  text.remove_suffix(padding);
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 4))) {
    const std::string_view group = text.substr(0, 4);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const unsigned char value =
          i < group.size() ? value_of_digit[static_cast<unsigned char>(group[i])] : 0;
      if (value == no_digit) return std::nullopt;
      bits = bits << 6 | value;
    }
    *to++ = static_cast<char>(bits >> 16);
    if (group.size() > 2) *to++ = static_cast<char>(bits >> 8);
    if (group.size() > 3) *to++ = static_cast<char>(bits);
  }
  return static_cast<std::size_t>(to - first);
}

}  // namespace logpipe::format
