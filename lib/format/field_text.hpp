#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/misfits.hpp>
#include <logpipe/format/packing.hpp>
#include <logpipe/format/text_options.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace logpipe::format {

/// Prints a record's fields as text where that is more than a copy: escaped, unpacked, cut, in hex.
/// Not thread-safe.
class field_text {
public:
  explicit field_text(text_options how) : m_how(std::move(how)) {}

  // Whether the copy of its bytes is all that a field's text is.
  bool is_plain() const noexcept { return m_how.escape == escaping::none; }
  bool is_key_plain() const noexcept { return is_plain() && !m_how.packing.key; }
  /// As long as it is no longer than most_value().
  bool is_value_plain() const noexcept { return is_plain() && !m_how.packing.value; }

  std::string_view null_text() const noexcept { return m_how.null_text; }
  std::size_t most_value() const noexcept { return m_how.most_value; }

  void append(output_buffer& out, std::string_view text) const;
  void append_key(output_buffer& out, const record& record);
  void append_value(output_buffer& out, const record& record);
  void append_key_hex(output_buffer& out, const record& record) const;
  void append_value_hex(output_buffer& out, const record& record) const;
  /// name=value, separated by commas; the value of a null one is NULL, as in kcat.
  void append_headers(output_buffer& out, std::span<const header> headers) const;
  /// The last of that name, as Java's Headers.lastHeader.
  void append_header(output_buffer& out, std::span<const header> headers,
                     std::string_view name) const;

  const misfits& what_did_not_fit() const noexcept { return m_misfits; }

private:
  /// How long it is, where it was cut.
  void append_size(output_buffer& out, std::string_view value) const;
  /// The text of what is packed, valid until the next call; the bytes themselves where they are not
  /// packed, or not as was said.
  std::string_view shown(const record& record, std::string_view name, std::string_view bytes,
                         const std::optional<packing>& packed);

  text_options m_how;
  unpacked_text m_unpacked;
  misfits m_misfits;
};

}  // namespace logpipe::format
