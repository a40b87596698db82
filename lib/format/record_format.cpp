#include <logpipe/format/digits.hpp>
#include <logpipe/format/format_parser.hpp>
#include <logpipe/format/put.hpp>
#include <logpipe/format/record_format.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

namespace logpipe::format {
namespace {

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

/// The sequence in front of a token's text; none for one that has no colour. Behind it, all is
/// reset: without escaping, the text may have brought sequences of its own.
std::string_view color_of(token what) noexcept {
  switch (what) {
    case token::topic:
      return "\x1b[35m";
    case token::partition:
      return "\x1b[36m";
    case token::key:
      return "\x1b[33m";
    default:
      return "";
  }
}
constexpr std::string_view no_color = "\x1b[0m";

}  // namespace

record_format record_format::compile(std::string_view text, text_options how) {
  record_format format(std::move(how));
  for (const auto& [what, content] : parse_format(text)) {
    const std::string_view color = format.m_color ? color_of(what) : "";
    if (!color.empty()) format.add_literal(color);
    if (what == token::literal) {
      format.add_literal(content);
    } else {
      format.add_token(what, content);
    }
    if (!color.empty()) format.add_literal(no_color);
  }
  format.find_front();
  return format;
}

void record_format::add_literal(std::string_view text) {
  m_parts.push_back({.from = m_literals.size(), .size = text.size()});
  m_literals += text;
  m_literals.resize((m_literals.size() + block_size - 1) / block_size * block_size);
  m_fixed_room += text.size() + block_size;
}

void record_format::add_token(token what, const std::string& text) {
  if (m_parts.empty() || m_parts.back().what != token::literal) m_parts.emplace_back();
  compiled_part& part = m_parts.back();
  part.what = what;
  part.composed = is_composed(what);
  if (what == token::time) {
    part.index = m_times.size();
    m_times.emplace_back(text);
  } else if (what == token::header) {
    part.index = m_names.size();
    m_names.push_back(text);
  }
  m_fixed_room += block_size + longest_number;
  if (part.composed) return;
  m_topics += what == token::topic ? 1 : 0;
  m_keys += what == token::key ? 1 : 0;
  m_values += what == token::value ? 1 : 0;
}

bool record_format::is_composed(token what) const noexcept {
  switch (what) {
    case token::topic:
      return !m_fields.is_plain();
    case token::key:
      return !m_fields.is_key_plain();
    case token::value:
      return !m_fields.is_value_plain();
    case token::headers:
    case token::header:
    case token::time:
    case token::key_hex:
    case token::value_hex:
      return true;
    default:
      return false;
  }
}

void record_format::find_front() noexcept {
  const auto varies = [](const compiled_part& part) {
    return part.what != token::literal && part.what != token::topic &&
           part.what != token::partition;
  };
  const auto first = std::find_if(m_parts.begin(), m_parts.end(), varies);
  m_front_parts = static_cast<std::size_t>(first - m_parts.begin());
}

std::size_t record_format::room_for(const record& record) const noexcept {
  const auto size = [this](const bytes& text) {
    return text.value_or(m_fields.null_text()).size();
  };
  return m_fixed_room + m_topics * record.topic.size() + m_keys * size(record.key) +
         m_values * std::min(size(record.value), m_fields.most_value());
}

void record_format::append(output_buffer& out, const record& record) {
  append(out, {&record, 1}, std::numeric_limits<std::size_t>::max());
}

std::size_t record_format::append(output_buffer& out, std::span<const record> run,
                                  std::size_t enough) {
  if (run.empty()) return 0;
  const std::span parts(m_parts);
  const record& first = run.front();
  const record_front& front = m_fronts.of(
      first, [&](output_buffer& text) { append_parts(text, parts.first(m_front_parts), first); });
  std::size_t done = 0;
  while (done < run.size() && out.size() < enough) {
    char* const begin = out.reserve(front.room());
    out.commit(static_cast<std::size_t>(front.put(begin) - begin));
    append_parts(out, parts.subspan(m_front_parts), run[done++]);
  }
  return done;
}

// The hot path. Room for the whole record is made once and the common tokens are written straight
// to it; those that need more than a copy or a number go through the buffer.
void record_format::append_parts(output_buffer& out, std::span<const compiled_part> parts,
                                 const record& record) {
  const std::size_t room = room_for(record);
  const char* const literals = m_literals.data();
  char* begin = out.reserve(room);
  char* at = begin;
  for (const compiled_part& part : parts) {
    at = put_padded(at, literals + part.from, part.size);
    switch (part.composed ? token::time : part.what) {
      case token::literal:
        continue;
      case token::partition:
        at = put_number(at, record.partition);
        continue;
      case token::offset:
        at = m_offset.put(at, record.offset);
        continue;
      case token::timestamp:
        at = m_timestamp.put(at, record.timestamp);
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
        at = put(at, record.topic);
        continue;
      case token::key:
        at = put(at, record.key.value_or(m_fields.null_text()));
        continue;
      case token::value: {
        const std::string_view text = record.value.value_or(m_fields.null_text());
        if (text.size() > m_fields.most_value()) break;
        at = put(at, text);
        continue;
      }
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
      return m_fields.append(out, record.topic);
    case token::key:
      return m_fields.append_key(out, record);
    case token::value:
      return m_fields.append_value(out, record);
    case token::key_hex:
      return m_fields.append_key_hex(out, record);
    case token::value_hex:
      return m_fields.append_value_hex(out, record);
    case token::headers:
      return m_fields.append_headers(out, record.headers);
    case token::header:
      return m_fields.append_header(out, record.headers, m_names[part.index]);
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
