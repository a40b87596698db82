#include <logpipe/format/utf8.hpp>

namespace logpipe::format {

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

std::string_view utf8_front(std::string_view text, std::size_t most) noexcept {
  if (text.size() <= most) return text;
  const auto continues = [text](std::size_t at) { return (text[at] & 0xc0) == 0x80; };
  std::size_t cut = most;
  for (int back = 0; back < 3 && continues(cut); ++back)
    --cut;
  // Four such bytes in a row are part of no sequence.
  return text.substr(0, continues(cut) ? most : cut);
}

}  // namespace logpipe::format
