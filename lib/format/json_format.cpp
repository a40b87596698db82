#include <logpipe/format/digits.hpp>
#include <logpipe/format/json.hpp>
#include <logpipe/format/json_format.hpp>
#include <logpipe/format/plain_json.hpp>
#include <logpipe/format/put.hpp>

#include <limits>

namespace logpipe::format {
namespace {

/// Room for what stands around the key and the value, but for the front.
constexpr std::size_t room_for_numbers = 256;

}  // namespace

void json_format::append_front(output_buffer& out, const record& record) {
  out.append(R"({"topic":)");
  append_json_bytes(out, record.topic);
  out.append(R"(,"partition":)");
  if (record.partition < 0) {
    out.append("null");
  } else {
    out.append_number(record.partition);
  }
  out.append(R"(,"offset":)");
}

void json_format::append(output_buffer& out, const record& record) {
  append(out, {&record, 1}, std::numeric_limits<std::size_t>::max());
}

std::size_t json_format::append(output_buffer& out, std::span<const record> run,
                                std::size_t enough) {
  if (run.empty()) return 0;
  const record& first = run.front();
  const record_front& front =
      m_fronts.of(first, [&first](output_buffer& text) { append_front(text, first); });
  std::size_t done = 0;
  while (done < run.size() && out.size() < enough)
    append_behind(out, front, run[done++]);
  return done;
}

char* json_format::put_times(char* at, const record& record) noexcept {
  constexpr put_literal put_timestamp(R"(,"timestamp":)");
  constexpr put_literal put_create(R"(,"timestamp_type":"create")");
  constexpr put_literal put_append(R"(,"timestamp_type":"append")");
  constexpr put_literal put_none(R"(,"timestamp":null,"timestamp_type":"none")");
  if (record.kind == timestamp_kind::none) return put_none(at);
  at = m_timestamp.put(put_timestamp(at), record.timestamp);
  return record.kind == timestamp_kind::create ? put_create(at) : put_append(at);
}

char* json_format::put_times_as_kcat(char* at, const record& record) noexcept {
  constexpr put_literal put_create(R"(,"tstype":"create","ts":)");
  constexpr put_literal put_append(R"(,"tstype":"logappend","ts":)");
  constexpr put_literal put_broker(R"(,"broker":)");
  if (record.kind != timestamp_kind::none) {
    at = record.kind == timestamp_kind::create ? put_create(at) : put_append(at);
    at = m_timestamp.put(at, record.timestamp);
  }
  return put_number(put_broker(at), record.broker);
}

bool json_format::is_plain(const record& record) const noexcept {
  return record.headers.empty() && !m_how.always_base64 && !m_how.packing.key &&
         !m_how.packing.value;
}

// The hot path. Room is made once, and a record without headers whose key and value stand for
// themselves is written straight to it; the fields of others go through the buffer.
void json_format::append_behind(output_buffer& out, const record_front& front,
                                const record& record) {
  constexpr put_literal put_null("null");
  constexpr put_literal put_key(R"(,"headers":[],"key":)");
  constexpr put_literal put_key_as_kcat(R"(,"key":)");
  constexpr put_literal put_value(R"(,"value":)");
  constexpr put_literal put_payload(R"(,"payload":)");
  const bool as_kcat = m_how.names == json_names::kcat;
  char* const begin = out.reserve(front.room() + room_for_numbers + room_for_plain(record.key) +
                                  room_for_plain(record.value));
  char* at = front.put(begin);
  at = record.offset < 0 ? put_null(at) : m_offset.put(at, record.offset);
  at = as_kcat ? put_times_as_kcat(at, record) : put_times(at, record);
  if (is_plain(record)) {
    char* end = put_plain_json(as_kcat ? put_key_as_kcat(at) : put_key(at), record.key);
    if (end) end = put_plain_json(as_kcat ? put_payload(end) : put_value(end), record.value);
    if (end) {
      *end++ = '}';
      *end++ = m_how.end;
      return out.commit(static_cast<std::size_t>(end - begin));
    }
  }
  out.commit(static_cast<std::size_t>(at - begin));
  append_fields(out, record);
}

void json_format::append_fields(output_buffer& out, const record& record) {
  append_headers(out, record);
  append_field(out, record, "key", record.key, m_how.packing.key);
  out.append(m_how.names == json_names::kcat ? R"(,"payload":)" : R"(,"value":)");
  append_field(out, record, "value", record.value, m_how.packing.value);
  out.append('}');
  out.append(m_how.end);
}

// With the key's name behind them.
void json_format::append_headers(output_buffer& out, const record& record) const {
  const bool as_kcat = m_how.names == json_names::kcat;
  if (record.headers.empty()) {
    return out.append(as_kcat ? R"(,"key":)" : R"(,"headers":[],"key":)");
  }
  out.append(R"(,"headers":[)");
  bool first = true;
  for (const auto& [name, value] : record.headers) {
    if (!first) out.append(',');
    first = false;
    if (!as_kcat) out.append('[');
    append_json_bytes(out, name);
    out.append(',');
    append_bytes(out, value);
    if (!as_kcat) out.append(']');
  }
  out.append(R"(],"key":)");
}

void json_format::append_bytes(output_buffer& out, bytes value) const {
  if (m_how.always_base64) {
    append_json_base64(out, value);
  } else {
    append_json_bytes(out, value);
  }
}

void json_format::append_field(output_buffer& out, const record& record, std::string_view name,
                               bytes value, const std::optional<packing>& packed) {
  if (!packed || !value) return append_bytes(out, value);
  if (!packed->fits(*value)) {
    m_misfits.note(record, name, value->size());
    append_bytes(out, value);
  } else if (packed->is_number()) {
    packed->append(out, *value);
  } else {
    append_json_bytes(out, m_unpacked.of(*packed, *value));
  }
}

}  // namespace logpipe::format
