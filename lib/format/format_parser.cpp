#include <logpipe/base/parse.hpp>
#include <logpipe/format/format_parser.hpp>
#include <logpipe/format/time_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace logpipe::format {
namespace {

constexpr std::array<std::pair<char, token>, 12> simple_tokens{{
    {'t', token::topic},
    {'p', token::partition},
    {'o', token::offset},
    {'k', token::key},
    {'K', token::key_length},
    {'s', token::value},
    {'S', token::value_length},
    {'R', token::value_length_binary},
    {'T', token::timestamp},
    {'h', token::headers},
    {'x', token::value_hex},
    {'X', token::key_hex},
}};

std::optional<token> simple_token(char letter) {
  for (const auto& [name, what] : simple_tokens) {
    if (name == letter) return what;
  }
  return std::nullopt;
}

class format_parser {
public:
  explicit format_parser(std::string_view text) : m_text(text) {}

  std::vector<format_part> parse() {
    while (m_at < m_text.size()) {
      const std::size_t percent = std::min(m_text.find('%', m_at), m_text.size());
      m_literal += unescaped(m_at, percent);
      m_at = percent;
      if (m_at < m_text.size()) parse_token();
    }
    end_literal();
    return std::move(m_parts);
  }

private:
  /// At a percent sign.
  void parse_token() {
    const std::size_t start = m_at++;
    if (m_at == m_text.size()) {
      throw format_error("a % without a token (write %% for a percent sign)", start);
    }
    const char letter = m_text[m_at++];
    if (letter == '%') {
      m_literal += '%';
    } else if (letter == 'd') {
      add(token::time, checked_time(braced(start, "%d", "a strftime format")));
    } else if (letter == 'H') {
      add(token::header, braced(start, "%H", "a header's name"));
    } else if (const auto what = simple_token(letter)) {
      add(*what, "");
    } else {
      throw format_error(fmt::format("unknown token %{}", letter), start);
    }
  }

  std::string braced(std::size_t start, std::string_view name, std::string_view content) {
    const std::size_t close = m_text.find('}', m_at);
    if (m_at == m_text.size() || m_text[m_at] != '{') {
      throw format_error(fmt::format("{0} needs {1} in braces: {0}{{...}}", name, content), start);
    }
    if (close == std::string_view::npos) {
      throw format_error(fmt::format("{}{{ without its closing brace", name), start);
    }
    if (close == m_at + 1) throw format_error(fmt::format("{}{{}} needs {}", name, content), start);
    m_braced_at = m_at + 1;
    m_at = close + 1;
    return unescaped(m_braced_at, close);
  }

  std::string checked_time(std::string pattern) const {
    if (const auto bad = first_bad_conversion(pattern)) {
      throw format_error(fmt::format("strftime has no {} (%3N is milliseconds)", *bad),
                         m_braced_at);
    }
    return pattern;
  }

  std::string unescaped(std::size_t from, std::size_t to) const {
    std::size_t bad = 0;
    auto text = unescape(m_text.substr(from, to - from), &bad);
    if (!text) {
      bad += from;
      throw format_error(fmt::format("unknown escape {}", m_text.substr(bad, 2)), bad);
    }
    return *std::move(text);
  }

  void add(token what, std::string text) {
    end_literal();
    m_parts.push_back({what, std::move(text)});
  }

  void end_literal() {
    if (m_literal.empty()) return;
    m_parts.push_back({token::literal, std::exchange(m_literal, {})});
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::size_t m_braced_at = 0;
  std::string m_literal;
  std::vector<format_part> m_parts;
};

}  // namespace

std::vector<format_part> parse_format(std::string_view text) {
  return format_parser(text).parse();
}

}  // namespace logpipe::format
