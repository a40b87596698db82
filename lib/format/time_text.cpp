#include <logpipe/format/time_text.hpp>

#include <algorithm>
#include <array>

namespace logpipe::format {
namespace {

constexpr std::string_view milliseconds_conversion = "%3N";

/// Length of the conversion at the front of `text`, which begins with '%'; 0 when it is none.
std::size_t conversion_length(std::string_view text) {
  if (text.substr(0, 3) == milliseconds_conversion) return 3;
  std::size_t at = text.find_first_not_of("_-0^#", 1);  // glibc's flags
  if (at != std::string_view::npos && (text[at] == 'E' || text[at] == 'O')) ++at;
  constexpr std::string_view known = "%aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ";
  const bool ends = at >= text.size() || known.find(text[at]) == std::string_view::npos;
  return ends ? 0 : at + 1;
}

// The pattern comes from the user and was checked.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
std::string expand_pattern(const std::string& pattern, const std::tm& time) {
  // strftime returns 0 both for a buffer that is too small and for an empty result (%p in some
  // locales); the blank in front makes the result never empty.
  const std::string padded = " " + pattern;
  std::string text(64 + padded.size() * 4, '\0');
  for (;;) {
    const std::size_t size = std::strftime(text.data(), text.size(), padded.c_str(), &time);
    if (size > 0) return text.substr(1, size - 1);
    text.resize(text.size() * 2);
  }
}
#pragma GCC diagnostic pop

}  // namespace

std::optional<std::string> first_bad_conversion(std::string_view pattern) {
  while ((pattern.remove_prefix(std::min(pattern.find('%'), pattern.size())), !pattern.empty())) {
    const std::size_t length = conversion_length(pattern);
    if (length == 0) return std::string(pattern.substr(0, 2));
    pattern.remove_prefix(length);
  }
  return std::nullopt;
}

time_text::time_text(std::string_view pattern) : m_patterns(1) {
  ::tzset();
  while (!pattern.empty()) {
    const std::size_t length =
        pattern.front() == '%' ? std::max<std::size_t>(conversion_length(pattern), 1) : 1;
    if (pattern.substr(0, length) == milliseconds_conversion) {
      m_patterns.emplace_back();
    } else {
      m_patterns.back() += pattern.substr(0, length);
    }
    pattern.remove_prefix(length);
  }
  m_texts.resize(m_patterns.size());
}

void time_text::expand(std::int64_t second) {
  const std::time_t when = second;
  std::tm local{};
  if (::localtime_r(&when, &local) == nullptr) local = std::tm{};
  for (std::size_t i = 0; i < m_patterns.size(); ++i) {
    m_texts[i] = expand_pattern(m_patterns[i], local);
  }
  m_second = second;
}

void time_text::append(output_buffer& out, std::int64_t timestamp) {
  const std::int64_t rest = timestamp % 1000;
  const std::int64_t fraction = rest < 0 ? rest + 1000 : rest;
  const std::int64_t second = (timestamp - fraction) / 1000;
  if (m_second != second) expand(second);
  const std::array<char, 3> digits = {static_cast<char>('0' + fraction / 100),
                                      static_cast<char>('0' + fraction / 10 % 10),
                                      static_cast<char>('0' + fraction % 10)};
  out.append(m_texts.front());
  for (std::size_t i = 1; i < m_texts.size(); ++i) {
    out.append({digits.data(), digits.size()});
    out.append(m_texts[i]);
  }
}

}  // namespace logpipe::format
