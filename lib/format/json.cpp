#include <logpipe/format/base64.hpp>
#include <logpipe/format/escape.hpp>
#include <logpipe/format/json.hpp>
#include <logpipe/format/scan.hpp>

#include <array>

namespace logpipe::format {
namespace {

/// Length of the front of `text` (UTF-8) that stands in a JSON string as it is.
std::size_t unescaped_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    at += plain_prefix(
        text.substr(at),
        [](std::uint64_t word) {
          return word_is_printable_ascii(word) &&
                 (bytes_equal(word, '"') | bytes_equal(word, '\\')) == 0;
        },
        [](unsigned char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
    const bool beyond_ascii = at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80;
    if (!beyond_ascii || is_c1_control(text.substr(at))) break;
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      if (is_c1_control(text.substr(at))) break;
      ++at;
    }
  }
  return at;
}

void append_unicode_escape(output_buffer& out, char c) {
  out.append("\\u00");
  append_hex(out, {&c, 1});
}

void append_control(output_buffer& out, char c) {
  switch (c) {
    case '"':
      return out.append("\\\"");
    case '\\':
      return out.append("\\\\");
    case '\b':
      return out.append("\\b");
    case '\f':
      return out.append("\\f");
    case '\n':
      return out.append("\\n");
    case '\r':
      return out.append("\\r");
    case '\t':
      return out.append("\\t");
    default:
      return append_unicode_escape(out, c);
  }
}

void append_json_number(output_buffer& out, std::int64_t value) {
  if (value < 0) {
    out.append("null");
  } else {
    out.append_number(value);
  }
}

constexpr std::string_view name_of(timestamp_kind kind) {
  switch (kind) {
    case timestamp_kind::create:
      return "create";
    case timestamp_kind::append:
      return "append";
    case timestamp_kind::none:
      break;
  }
  return "none";
}

}  // namespace

void append_json_string(output_buffer& out, std::string_view text) {
  out.append('"');
  while (!text.empty()) {
    const std::size_t plain = unescaped_prefix(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (is_c1_control(text)) {
      append_unicode_escape(out, text[1]);  // U+0080 to U+009F: the second byte is the code point
      text.remove_prefix(2);
    } else {
      append_control(out, text.front());
      text.remove_prefix(1);
    }
  }
  out.append('"');
}

void append_json_bytes(output_buffer& out, bytes value) {
  if (!value) {
    out.append("null");
  } else if (is_utf8(*value)) {
    append_json_string(out, *value);
  } else {
    out.append(R"({"base64":")");
    append_base64(out, *value);
    out.append("\"}");
  }
}

void append_json_record(output_buffer& out, const record& record) {
  const bool timed = record.kind != timestamp_kind::none;
  out.append(R"({"topic":)");
  append_json_bytes(out, record.topic);
  out.append(R"(,"partition":)");
  append_json_number(out, record.partition);
  out.append(R"(,"offset":)");
  append_json_number(out, record.offset);
  out.append(R"(,"timestamp":)");
  if (timed) {
    out.append_number(record.timestamp);
  } else {
    out.append("null");
  }
  out.append(R"(,"timestamp_type":")");
  out.append(name_of(record.kind));
  out.append(R"(","headers":[)");
  bool first = true;
  for (const auto& [name, value] : record.headers) {
    out.append(first ? "[" : ",[");
    append_json_bytes(out, name);
    out.append(',');
    append_json_bytes(out, value);
    out.append(']');
    first = false;
  }
  out.append(R"(],"key":)");
  append_json_bytes(out, record.key);
  out.append(R"(,"value":)");
  append_json_bytes(out, record.value);
  out.append("}\n");
}

}  // namespace logpipe::format
