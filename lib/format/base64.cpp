#include <logpipe/format/base64.hpp>

#include <cstdint>

namespace logpipe::format {

void append_base64(output_buffer& out, std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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

}  // namespace logpipe::format
