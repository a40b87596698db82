#include <logpipe/format/digits.hpp>
#include <logpipe/format/escape.hpp>
#include <logpipe/format/format_parser.hpp>
#include <logpipe/format/record_format.hpp>

#include <algorithm>
#include <cstring>

namespace logpipe::format {
namespace {

constexpr std::size_t block = 16;

char* put(char* at, std::string_view text) noexcept {
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

/// Copies in whole blocks: `text` may be read and `at` written up to the next multiple of one.
char* put_padded(char* at, const char* text, std::size_t size) noexcept {
  std::size_t done = 0;
  do {
    std::memcpy(at + done, text + done, block);
    done += block;
  } while (done < size);
  return at + size;
}

/// -1 for a null, as in kcat.
std::int64_t length_of(const bytes& text) noexcept {
  return text ? static_cast<std::int64_t>(text->size()) : -1;
}

char* put_big_endian(char* at, std::int64_t value) noexcept {
  const auto number = static_cast<std::uint32_t>(value);
  for (int shift = 24; shift >= 0; shift -= 8) {
    *at++ = static_cast<char>(number >> shift & 0xffU);
  }
  return at;
}

void append_text(output_buffer& out, std::string_view text, escaping escape) {
  if (escape == escaping::unsafe) {
    append_escaped(out, text);
  } else {
    out.append(text);
  }
}

void append_headers(output_buffer& out, std::span<const header> headers, escaping escape) {
  bool first = true;
  for (const auto& [name, value] : headers) {
    if (!first) out.append(',');
    first = false;
    append_text(out, name, escape);
    out.append('=');
    append_text(out, value.value_or("NULL"), escape);
  }
}

/// The last of that name, as Java's Headers.lastHeader.
bytes last_header(std::span<const header> headers, std::string_view name) noexcept {
  const auto found = std::find_if(headers.rbegin(), headers.rend(),
                                  [name](const header& each) { return each.name == name; });
  return found == headers.rend() ? std::nullopt : found->value;
}

}  // namespace

record_format record_format::compile(std::string_view text, escaping escape) {
  record_format format;
  format.m_escape = escape;
  for (const auto& [what, content] : parse_format(text)) {
    if (what == token::literal) {
      format.add_literal(content);
    } else {
      format.add_token(what, content);
    }
  }
  return format;
}

void record_format::add_literal(std::string_view text) {
  m_parts.push_back({.from = m_literals.size(), .size = text.size()});
  m_literals += text;
  m_literals.resize((m_literals.size() + block - 1) / block * block);
  m_fixed_room += text.size() + block;
}

void record_format::add_token(token what, const std::string& text) {
  if (m_parts.empty() || m_parts.back().what != token::literal) m_parts.emplace_back();
  compiled_part& part = m_parts.back();
  part.what = what;
  if (what == token::time) {
    part.index = m_times.size();
    m_times.emplace_back(text);
  } else if (what == token::header) {
    part.index = m_names.size();
    m_names.push_back(text);
  }
  m_fixed_room += block + longest_number;
  m_topics += what == token::topic ? 1 : 0;
  m_keys += what == token::key ? 1 : 0;
  m_values += what == token::value ? 1 : 0;
}

std::size_t record_format::room_for(const record& record) const noexcept {
  return m_fixed_room + m_topics * record.topic.size() +
         m_keys * (record.key ? record.key->size() : 0) +
         m_values * (record.value ? record.value->size() : 0);
}

// The hot path. Room for the whole record is made once and the common tokens are written straight
// to it; those that need more than a copy or a number go through the buffer.
void record_format::append(output_buffer& out, const record& record) {
  const std::size_t room = room_for(record);
  const bool plain = m_escape == escaping::none;
  const char* const literals = m_literals.data();
  char* begin = out.reserve(room);
  char* at = begin;
  for (const compiled_part& part : m_parts) {
    at = put_padded(at, literals + part.from, part.size);
    switch (part.what) {
      case token::literal:
        continue;
      case token::partition:
        at = put_number(at, record.partition);
        continue;
      case token::offset:
        at = put_number(at, record.offset);
        continue;
      case token::timestamp:
        at = put_number(at, record.timestamp);
        continue;
      case token::key_length:
        at = put_number(at, length_of(record.key));
        continue;
      case token::value_length:
        at = put_number(at, length_of(record.value));
        continue;
      case token::value_length_binary:
        at = put_big_endian(at, length_of(record.value));
        continue;
      case token::topic:
        if (!plain) break;
        at = put(at, record.topic);
        continue;
      case token::key:
        if (!plain) break;
        if (record.key) at = put(at, *record.key);
        continue;
      case token::value:
        if (!plain) break;
        if (record.value) at = put(at, *record.value);
        continue;
      default:
        break;
    }
    out.commit(static_cast<std::size_t>(at - begin));
    append_composed(out, part, record);
    begin = at = out.reserve(room);
  }
  out.commit(static_cast<std::size_t>(at - begin));
}

void record_format::append_composed(output_buffer& out, const compiled_part& part,
                                    const record& record) {
  switch (part.what) {
    case token::topic:
      return append_text(out, record.topic, m_escape);
    case token::key:
      return append_text(out, record.key.value_or(""), m_escape);
    case token::value:
      return append_text(out, record.value.value_or(""), m_escape);
    case token::key_hex:
      return append_hex(out, record.key.value_or(""));
    case token::value_hex:
      return append_hex(out, record.value.value_or(""));
    case token::headers:
      return append_headers(out, record.headers, m_escape);
    case token::header: {
      const bytes value = last_header(record.headers, m_names[part.index]);
      return append_text(out, value.value_or(""), m_escape);
    }
    case token::time:
      if (record.kind != timestamp_kind::none) m_times[part.index].append(out, record.timestamp);
      return;
    default:
      return;  // written by append() itself
  }
}

bool record_format::needs_headers() const noexcept {
  return std::any_of(m_parts.begin(), m_parts.end(), [](const compiled_part& part) {
    return part.what == token::headers || part.what == token::header;
  });
}

bool record_format::has_tokens() const noexcept {
  return std::any_of(m_parts.begin(), m_parts.end(),
                     [](const compiled_part& part) { return part.what != token::literal; });
}

void record_format::end_with_nul() {
  if (!m_parts.empty() && m_parts.back().what == token::literal) {
    const compiled_part& last = m_parts.back();
    char& end = m_literals[last.from + last.size - 1];
    if (end == '\n') {
      end = '\0';
      return;
    }
  }
  add_literal(std::string_view("\0", 1));
}

}  // namespace logpipe::format
