#include <logpipe/format/digits.hpp>
#include <logpipe/format/packing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace logpipe::format {
namespace {

constexpr std::string_view letters = "<, >, b, B, h, H, i, I, q, Q, c, s, $ and a blank";

std::uint64_t read_unsigned(std::string_view bytes, bool big_endian) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[big_endian ? i : bytes.size() - 1 - i];
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  return value;
}

std::int64_t with_sign(std::uint64_t value, std::size_t size) noexcept {
  const std::size_t unused = 64 - size * 8;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

}  // namespace

std::optional<packing::field> packing::field_of(char letter) noexcept {
  switch (letter) {
    case 'b':
      return field{kind::integer, 1, true};
    case 'B':
      return field{kind::integer, 1};
    case 'h':
      return field{kind::integer, 2, true};
    case 'H':
      return field{kind::integer, 2};
    case 'i':
      return field{kind::integer, 4, true};
    case 'I':
      return field{kind::integer, 4};
    case 'q':
      return field{kind::integer, 8, true};
    case 'Q':
      return field{kind::integer, 8};
    case 'c':
      return field{kind::character, 1};
    case 's':
      return field{kind::rest};
    case ' ':
      return field{kind::blank};
    default:
      return std::nullopt;
  }
}

packing::packing(std::string_view text) {
  bool big_endian = true;
  char last = '\0';  // behind which no more bytes can be
  for (const char letter : text) {
    if (letter == '<' || letter == '>') {
      big_endian = letter == '>';
      continue;
    }
    if (letter == '$') {
      // All is taken, so nothing can be left.
      m_exact = last != 's';
      last = letter;
      continue;
    }
    auto next = field_of(letter);
    if (!next) {
      throw packing_error(fmt::format("\"{}\": {} is none of {}", text, letter, letters));
    }
    if (last != '\0' && next->what != kind::blank) {
      throw packing_error(fmt::format("\"{}\": no {} can be behind {}", text, letter, last));
    }
    if (next->what == kind::rest) last = letter;
    next->big_endian = big_endian;
    m_least += next->size;
    m_fields.push_back(*next);
  }
  if (m_fields.empty()) {
    throw packing_error(fmt::format("\"{}\" packs nothing; write letters of {}", text, letters));
  }
  m_number = m_fields.size() == 1 && m_fields.front().what == kind::integer;
}

std::size_t packing::room_for(std::string_view bytes) const noexcept {
  return bytes.size() + m_fields.size() * longest_number;
}

char* packing::put(char* at, std::string_view bytes) const noexcept {
  for (const auto& [what, size, is_signed, big_endian] : m_fields) {
    if (what == kind::blank) {
      *at++ = ' ';
      continue;
    }
    const std::string_view part = what == kind::rest ? bytes : bytes.substr(0, size);
    bytes.remove_prefix(part.size());
    if (what != kind::integer) {
      at = std::copy(part.begin(), part.end(), at);
      continue;
    }
    const std::uint64_t value = read_unsigned(part, big_endian);
    at = is_signed ? put_number(at, with_sign(value, size)) : put_unsigned(at, value);
  }
  return at;
}

bool packing::append(output_buffer& out, std::string_view bytes) const {
  if (!fits(bytes)) return false;
  char* const begin = out.reserve(room_for(bytes));
  out.commit(static_cast<std::size_t>(put(begin, bytes) - begin));
  return true;
}

}  // namespace logpipe::format
