#include <logpipe/format/escape.hpp>
#include <logpipe/format/field_text.hpp>
#include <logpipe/format/utf8.hpp>

#include <algorithm>

namespace logpipe::format {

void field_text::append(output_buffer& out, std::string_view text) const {
  if (m_how.escape == escaping::unsafe) {
    append_escaped(out, text);
  } else {
    out.append(text);
  }
}

void field_text::append_key(output_buffer& out, const record& record) {
  if (!record.key) return out.append(m_how.null_text);
  append(out, shown(record, "key", *record.key, m_how.packing.key));
}

void field_text::append_value(output_buffer& out, const record& record) {
  if (!record.value) return out.append(m_how.null_text);
  const std::string_view text = shown(record, "value", *record.value, m_how.packing.value);
  append(out, utf8_front(text, m_how.most_value));
  append_size(out, text);
}

void field_text::append_key_hex(output_buffer& out, const record& record) const {
  if (!record.key) return out.append(m_how.null_text);
  append_hex(out, *record.key);
}

void field_text::append_value_hex(output_buffer& out, const record& record) const {
  if (!record.value) return out.append(m_how.null_text);
  append_hex(out, record.value->substr(0, m_how.most_value));
  append_size(out, *record.value);
}

void field_text::append_headers(output_buffer& out, std::span<const header> headers) const {
  bool first = true;
  for (const auto& [name, value] : headers) {
    if (!first) out.append(',');
    first = false;
    append(out, name);
    out.append('=');
    append(out, value.value_or("NULL"));
  }
}

void field_text::append_header(output_buffer& out, std::span<const header> headers,
                               std::string_view name) const {
  const auto found = std::find_if(headers.rbegin(), headers.rend(),
                                  [name](const header& each) { return each.name == name; });
  if (found == headers.rend() || !found->value) return out.append(m_how.null_text);
  append(out, *found->value);
}

void field_text::append_size(output_buffer& out, std::string_view value) const {
  if (value.size() <= m_how.most_value) return;
  out.append("... (");
  out.append_number(static_cast<std::int64_t>(value.size()));
  out.append(" bytes)");
}

std::string_view field_text::shown(const record& record, std::string_view name,
                                   std::string_view bytes, const std::optional<packing>& packed) {
  if (!packed) return bytes;
  if (!packed->fits(bytes)) {
    m_misfits.note(record, name, bytes.size());
    return bytes;
  }
  return m_unpacked.of(*packed, bytes);
}

}  // namespace logpipe::format
