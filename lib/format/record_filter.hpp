#pragma once

#include <logpipe/base/pattern.hpp>
#include <logpipe/base/record.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// Which records are wanted: those for which all conditions hold, or with invert() those for which
/// one does not. Null matches nothing, neither a text nor an expression. May be used from
/// any thread that the key_text may be used from.
class record_filter {
public:
  /// The text that a key is printed as; valid until the next call.
  using key_text = std::function<std::string_view(std::string_view key)>;

  /// The key is exactly this.
  void require_key(std::string key) { m_key = std::move(key); }
  /// The key matches.
  void require_key(pattern expression) { m_key_patterns.push_back(std::move(expression)); }
  /// The value matches.
  void require_value(pattern expression) { m_value_patterns.push_back(std::move(expression)); }
  /// A header of that name, any of them, matches.
  void require_header(std::string name, pattern expression);
  /// The value is null.
  void require_tombstone() { m_tombstone = true; }
  void invert() { m_inverted = true; }
  /// Keys are compared by this text instead of by their bytes.
  void compare_keys_as(key_text text) { m_key_text = std::move(text); }

  /// Nothing is required: every record passes, and none when inverted.
  bool empty() const noexcept;
  /// Whether record::headers must be filled.
  bool needs_headers() const noexcept { return !m_headers.empty(); }

  /// Hot path.
  bool passes(const record& record) const { return matches(record) != m_inverted; }

private:
  struct header_condition {
    std::string name;
    pattern expression;
  };

  bool matches(const record& record) const;
  bool key_matches(std::string_view key) const;
  static bool has_header(const record& record, const header_condition& wanted);

  std::optional<std::string> m_key;
  std::vector<pattern> m_key_patterns;
  std::vector<pattern> m_value_patterns;
  std::vector<header_condition> m_headers;
  bool m_tombstone = false;
  bool m_inverted = false;
  key_text m_key_text;
};

}  // namespace logpipe::format
