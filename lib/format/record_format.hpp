#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/field_text.hpp>
#include <logpipe/format/misfits.hpp>
#include <logpipe/format/near_number.hpp>
#include <logpipe/format/record_front.hpp>
#include <logpipe/format/text_options.hpp>
#include <logpipe/format/time_text.hpp>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logpipe::format {

/// A format string cannot be understood; `position` counts bytes from 0 in it.
class format_error : public std::runtime_error {
public:
  format_error(const std::string& what, std::size_t position)
      : std::runtime_error(what), m_position(position) {}
  std::size_t position() const noexcept { return m_position; }

private:
  std::size_t m_position;
};

/// The default of logcat.
inline constexpr std::string_view default_format =
    "%t---Partition:%p, Offset:%o, Key:%k, Value:%s\\n";

enum class token : unsigned char {
  literal,
  topic,
  partition,
  offset,
  key,
  key_length,
  value,
  value_length,
  value_length_binary,
  timestamp,
  headers,
  time,
  header,
  value_hex,
  key_hex,
};

/// A compiled format of kcat's tokens: %t topic, %p partition, %o offset, %k key, %K key length,
/// %s value, %S value length, %R value length as 4 bytes big endian, %T timestamp (ms), %h headers
/// (name=value, separated by commas), %% a percent sign; and %d{strftime} the timestamp in local
/// time (%3N: milliseconds, as in date), %H{name} the last header of that name, %x value in hex, %X
/// key in hex. Escapes: \n \r \t \0 \\ \xNN. What is not there prints as nothing, or as what the
/// options have for a null; but as in kcat, the length of a null is -1, as is no timestamp, and the
/// value of a null header in %h is NULL. Not thread-safe.
class record_format {
public:
  /// Throws format_error at the first token or escape that is none of these.
  static record_format compile(std::string_view text, text_options how = {});

  /// Appends one record.
  void append(output_buffer& out, const record& record);
  /// Appends records of one partition until `out` has at least `enough` bytes, and says how many.
  /// Hot path: no allocation but for the buffer's growth and for another partition.
  std::size_t append(output_buffer& out, std::span<const record> run, std::size_t enough);

  /// Whether it prints headers, so that the reader must fill them.
  bool needs_headers() const noexcept;
  /// A format without any token prints the same for every record.
  bool has_tokens() const noexcept;
  /// Replaces the last newline literal at the end by NUL, or adds a NUL where there is none.
  void end_with_nul();

  const misfits& what_did_not_fit() const noexcept { return m_fields.what_did_not_fit(); }

private:
  /// A stretch of literal text and the token behind it; token::literal where none follows.
  struct compiled_part {
    token what = token::literal;
    /// The literal text in m_literals; may be empty.
    std::size_t from = 0;
    std::size_t size = 0;
    /// Of token::time and token::header: which of m_times or m_names.
    std::size_t index = 0;
    /// The token's text is more than a copy or a number.
    bool composed = false;
  };

  explicit record_format(text_options how) : m_color(how.color), m_fields(std::move(how)) {}
  void add_literal(std::string_view text);
  void add_token(token what, const std::string& text);
  void find_front() noexcept;
  bool is_composed(token what) const noexcept;
  std::size_t room_for(const record& record) const noexcept;
  void append_parts(output_buffer& out, std::span<const compiled_part> parts, const record& record);
  void append_composed(output_buffer& out, const compiled_part& part, const record& record);

  std::vector<compiled_part> m_parts;
  /// All literal texts, each in whole blocks of 16 bytes; the first block is that of empty ones.
  std::string m_literals = std::string(16, '\0');
  std::vector<time_text> m_times;
  std::vector<std::string> m_names;
  bool m_color;
  field_text m_fields;
  /// The first parts, those that are the same for all records of a partition: how many, their text.
  std::size_t m_front_parts = 0;
  record_fronts m_fronts;
  near_number m_offset;
  near_number m_timestamp;
  /// What bounds the length of a record's text without its composed tokens: a number of bytes, and
  /// how often the topic, the key and the value stand in it.
  std::size_t m_fixed_room = 0;
  std::size_t m_topics = 0;
  std::size_t m_keys = 0;
  std::size_t m_values = 0;
};

}  // namespace logpipe::format
