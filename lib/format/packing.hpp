#pragma once

#include <logpipe/base/output.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// A packing cannot be understood; the text says what is wrong with it.
class packing_error : public std::invalid_argument {
public:
  using std::invalid_argument::invalid_argument;
};

/// What packed bytes are made of, in the letters of kcat's -s (and of Python's struct): `>` big
/// endian (which holds at the beginning) and `<` little endian for what follows; b h i q signed and
/// B H I Q unsigned integers of 1, 2, 4 and 8 bytes; `c` a byte as it is; `s` all that is left;
/// a blank is printed as one; `$`: nothing may be left. Without it, what is left is passed over.
/// Immutable, for any thread.
class packing {
public:
  /// Throws packing_error.
  explicit packing(std::string_view text);

  /// Whether the bytes are as many as are asked for.
  bool fits(std::string_view bytes) const noexcept {
    return bytes.size() >= m_least && (bytes.size() == m_least || !m_exact);
  }
  /// Appends the text of `bytes`: numbers in decimal, one behind the other. False when they do not
  /// fit; nothing is appended then.
  bool append(output_buffer& out, std::string_view bytes) const;

  /// The same in two steps, for bytes that fit: how long the text is at most, and writing it to
  /// where there is so much room; returns the end of what was written.
  std::size_t room_for(std::string_view bytes) const noexcept;
  char* put(char* at, std::string_view bytes) const noexcept;

  /// One integer alone: what JSON has as a number.
  bool is_number() const noexcept { return m_number; }

private:
  enum class kind : unsigned char { integer, character, rest, blank };
  struct field {
    kind what;
    unsigned char size = 0;
    bool is_signed = false;
    bool big_endian = true;
  };
  static std::optional<field> field_of(char letter) noexcept;

  std::vector<field> m_fields;
  std::size_t m_least = 0;  // bytes
  bool m_exact = false;
  bool m_number = false;
};

/// The text of what is packed, in memory that is used again.
class unpacked_text {
public:
  /// Valid until the next call. The bytes must fit.
  std::string_view of(const packing& packed, std::string_view bytes) {
    m_text.resize(packed.room_for(bytes));
    const char* const end = packed.put(m_text.data(), bytes);
    return {m_text.data(), end};
  }

private:
  std::string m_text;
};

/// How keys and values are packed; nothing: they are printed as they are.
struct record_packing {
  std::optional<packing> key;
  std::optional<packing> value;
};

}  // namespace logpipe::format
