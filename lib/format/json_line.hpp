#pragma once

#include <logpipe/base/output.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace logpipe::format {

/// One JSON object on a line of its own, written field by field; its end writes the newline. Names
/// are written as they are.
class json_line {
public:
  explicit json_line(output_buffer& out) : m_out(out) {}
  ~json_line();
  json_line(const json_line&) = delete;
  json_line& operator=(const json_line&) = delete;

  /// Bytes that are not UTF-8 become {"base64":...}, as in a record.
  json_line& text(std::string_view name, std::string_view value);
  json_line& text_or_null(std::string_view name, std::string_view value);
  json_line& number(std::string_view name, std::optional<std::int64_t> value);
  json_line& numbers(std::string_view name, std::span<const std::int32_t> values);
  json_line& flag(std::string_view name, bool value);
  json_line& null(std::string_view name);

private:
  void name(std::string_view text);

  output_buffer& m_out;
  bool m_begun = false;
};

}  // namespace logpipe::format
