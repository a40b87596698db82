#include <logpipe/base/pattern.hpp>

#include <re2/re2.h>

#include <cctype>
#include <utility>

namespace logpipe {
namespace {

bool is_hex_digit(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

/// \x80 to \xff, and \x{80} to \x{ff}; `at` is behind the backslash.
bool is_high_byte(std::string_view expression, std::size_t at) {
  std::string_view digits = expression.substr(at);
  if (!digits.starts_with('x')) return false;
  digits.remove_prefix(digits.starts_with("x{") ? 2 : 1);
  const bool ends = expression[at + 1] != '{' || digits.substr(2, 1) == "}";
  return digits.size() >= 2 && digits[0] >= '8' && is_hex_digit(digits[0]) &&
         is_hex_digit(digits[1]) && ends;
}

bool names_bytes(std::string_view expression) {
  for (std::size_t at = 0; at + 1 < expression.size(); ++at) {
    if (expression[at] != '\\') continue;
    if (is_high_byte(expression, ++at)) return true;
  }
  return false;
}

/// What the expression stands for when it is a text without operators, but for escaped ones.
std::optional<literal> literal_of(std::string_view expression) {
  constexpr std::string_view operators = ".+*?()|[]{}^$";
  std::string text;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    char c = expression[at];
    if (c == '\\') {
      if (++at == expression.size()) return std::nullopt;
      c = expression[at];
      if (std::ispunct(static_cast<unsigned char>(c)) == 0 || c == '_') return std::nullopt;
    } else if (operators.find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    text += c;
  }
  return literal(std::move(text));
}

RE2::Options options_of(pattern_options how, bool bytes) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!how.any_case);
  options.set_dot_nl(how.dot_is_any);
  if (bytes) options.set_encoding(RE2::Options::EncodingLatin1);
  return options;
}

}  // namespace

pattern::pattern(const std::string& expression, pattern_options how) {
  const bool bytes = names_bytes(expression);
  m_expression = std::make_shared<const RE2>(expression, options_of(how, bytes));
  if (m_expression->error_code() == RE2::ErrorBadUTF8) {
    m_expression = std::make_shared<const RE2>(expression, options_of(how, true));
  }
  if (!m_expression->ok()) throw invalid_pattern(m_expression->error());
  if (!how.any_case) m_literal = literal_of(expression);
}

bool pattern::found_in(std::string_view text) const {
  if (m_literal) return m_literal->found_in(text);
  return RE2::PartialMatch({text.data(), text.size()}, *m_expression);
}

}  // namespace logpipe
