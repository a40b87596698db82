#pragma once

#include <memory>
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

/// A regular expression of RE2's syntax: matched in time linear in the text, whatever the pattern.
/// Text is bytes; where it is not UTF-8, `.` matches none of the stray bytes. Copies share it, and
/// it may be used from any thread.
class pattern {
public:
  enum class letters { as_written, any_case };
  /// Throws invalid_pattern.
  explicit pattern(const std::string& expression, letters which = letters::as_written);

  /// Whether it matches anywhere in the text; `^` and `$` are the text's ends.
  bool found_in(std::string_view text) const;

private:
  std::shared_ptr<const re2::RE2> m_expression;
};

}  // namespace logpipe
