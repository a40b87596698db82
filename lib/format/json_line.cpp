#include <logpipe/format/json.hpp>
#include <logpipe/format/json_line.hpp>

namespace logpipe::format {

json_line::~json_line() {
  m_out.append(m_begun ? "}\n" : "{}\n");
}

void json_line::name(std::string_view text) {
  m_out.append(m_begun ? ",\"" : "{\"");
  m_out.append(text);
  m_out.append("\":");
  m_begun = true;
}

json_line& json_line::text(std::string_view name, std::string_view value) {
  this->name(name);
  append_json_bytes(m_out, value);
  return *this;
}

json_line& json_line::text_or_null(std::string_view name, std::string_view value) {
  return value.empty() ? null(name) : text(name, value);
}

json_line& json_line::number(std::string_view name, std::optional<std::int64_t> value) {
  if (!value) return null(name);
  this->name(name);
  m_out.append_number(*value);
  return *this;
}

json_line& json_line::numbers(std::string_view name, std::span<const std::int32_t> values) {
  this->name(name);
  m_out.append('[');
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) m_out.append(',');
    m_out.append_number(values[i]);
  }
  m_out.append(']');
  return *this;
}

json_line& json_line::flag(std::string_view name, bool value) {
  this->name(name);
  m_out.append(value ? "true" : "false");
  return *this;
}

json_line& json_line::null(std::string_view name) {
  this->name(name);
  m_out.append("null");
  return *this;
}

}  // namespace logpipe::format
