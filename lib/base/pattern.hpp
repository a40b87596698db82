#pragma once

#include <logpipe/base/literal.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace logpipe {

/// The expression is none; the text says why.
class invalid_pattern : public std::invalid_argument {
public:
  using std::invalid_argument::invalid_argument;
};

/// How an expression is read.
struct pattern_options {
  /// Small and capital letters are the same.
  bool any_case = false;
  /// `.` matches a newline too.
  bool dot_is_any = false;
};

/// A regular expression of RE2's syntax: matched in time linear in the text, whatever the pattern.
/// Copies share it, and it may be used from any thread.
///
/// Text is taken as UTF-8; where it is not, `.` matches none of the stray bytes. An expression that
/// itself speaks of bytes, by \x80 to \xff or by not being UTF-8, is matched byte by byte (with
/// any_case, letters beyond ASCII are those of Latin-1 then).
class pattern {
public:
  /// Throws invalid_pattern.
  explicit pattern(const std::string& expression, pattern_options how = {});

  /// Whether it matches anywhere in the text; `^` and `$` are the text's ends.
  bool found_in(std::string_view text) const;

private:
  std::shared_ptr<const re2::RE2> m_expression;
  /// The expression where it is plain text: found in a small part of the time that RE2 takes.
  std::optional<literal> m_literal;
};

}  // namespace logpipe
