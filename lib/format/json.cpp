#include <logpipe/format/base64.hpp>
#include <logpipe/format/byte_block.hpp>
#include <logpipe/format/json.hpp>
#include <logpipe/format/plain_json.hpp>
#include <logpipe/format/utf8.hpp>

#include <simdjson.h>

#include <array>

namespace logpipe::format {
namespace {

/// How a byte is written that cannot stand for itself.
struct escape_text {
  std::array<char, 7> text{};
  unsigned char size = 0;
};

constexpr std::size_t longest_escape = 6;

constexpr escape_text unicode_escape(unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  return {{'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15U]}, longest_escape};
}

/// Controls, the quote and the backslash by themselves; the C1 controls, U+0080 to U+009F, by the
/// second of their two bytes, which is their code point too.
constexpr auto escapes = [] {
  std::array<escape_text, 0xa0> texts{};
  for (std::size_t byte = 0; byte < texts.size(); ++byte) {
    texts[byte] = unicode_escape(static_cast<unsigned char>(byte));
  }
  constexpr std::string_view named = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t i = 0; i < named.size(); i += 2) {
    texts[static_cast<unsigned char>(named[i])] = {{'\\', named[i + 1]}, 2};
  }
  return texts;
}();

constexpr signed char del = 0x7f;

char* put_escape(char* at, char byte) noexcept {
  const escape_text& escape = escapes[static_cast<unsigned char>(byte)];
  std::memcpy(at, &escape, sizeof escape);
  return at + escape.size;
}

/// Copies up to the end or the first byte beyond ASCII.
void copy_ascii(text_copy& copy) noexcept {
  for (;;) {
    copy.run(is_json_special);
    if (copy.at_end() || static_cast<signed char>(*copy.from) < 0) return;
    copy.to = put_escape(copy.to, *copy.from++);
  }
}

/// Copies up to the end; the text is whole UTF-8.
void copy_utf8(text_copy& copy) noexcept {
  const auto is_special = [](byte_block b) {
    return ((b < ' ') & (b >= 0)) | (b == '"') | (b == '\\') | (b == del) | (b == c1_lead);
  };
  for (;;) {
    copy.run(is_special);
    if (copy.at_end()) return;
    if (*copy.from != c1_lead) {
      copy.to = put_escape(copy.to, *copy.from++);
    } else if (is_c1_second(copy.from[1])) {
      copy.to = put_escape(copy.to, copy.from[1]);
      copy.from += 2;
    } else {
      *copy.to = *copy.from;
      copy.advance(1);
    }
  }
}

/// Appends `text` as it stands in a JSON string. False when it is not UTF-8; part of it has been
/// appended then. One pass: what is ASCII is known to be UTF-8; the first byte beyond it has the
/// rest checked, by simdjson, which takes a fraction of the copy's time.
bool append_content(output_buffer& out, std::string_view text) {
  constexpr std::size_t most_at_once = 4096;
  for (bool ascii = true; !text.empty();) {
    const std::string_view piece = utf8_front(text, most_at_once);
    char* const begin = out.reserve(piece.size() * longest_escape + block_size);
    text_copy copy{piece.data(), piece.data() + piece.size(), begin};
    if (ascii) {
      copy_ascii(copy);
      if (!copy.at_end()) {
        const auto rest = text.substr(static_cast<std::size_t>(copy.from - text.data()));
        if (!simdjson::validate_utf8(rest.data(), rest.size())) return false;
        ascii = false;
      }
    }
    if (!ascii) copy_utf8(copy);
    out.commit(static_cast<std::size_t>(copy.to - begin));
    text.remove_prefix(piece.size());
  }
  return true;
}

}  // namespace

void append_json_string(output_buffer& out, std::string_view text) {
  append_json_bytes(out, text);
}

void append_json_bytes(output_buffer& out, bytes value) {
  if (!value) return out.append("null");
  const std::size_t start = out.size();
  out.append('"');
  if (append_content(out, *value)) return out.append('"');
  out.truncate(start);
  append_json_base64(out, value);
}

void append_json_base64(output_buffer& out, bytes value) {
  if (!value) return out.append("null");
  out.append(R"({"base64":")");
  append_base64(out, *value);
  out.append("\"}");
}

}  // namespace logpipe::format
