#include <logpipe/base/literal.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace logpipe {
namespace {

/// The most common first; what is not here is rarer than all that is. From the letters of English,
/// and the digits and signs of access logs and JSON.
constexpr std::string_view by_frequency =
    " e0taoinsr1lh2dc\"mu:3456789pfg.-/,yw=bvk_[]{}()TESACIRONxLjMPqzDFHGUWBVKYXJQZ";

std::size_t rarity(char c) {
  return std::min(by_frequency.find(c), by_frequency.size());
}

}  // namespace

literal::literal(std::string text) : m_text(std::move(text)) {
  const auto rarest = std::max_element(m_text.begin(), m_text.end(),
                                       [](char a, char b) { return rarity(a) < rarity(b); });
  m_rare = static_cast<std::size_t>(rarest - m_text.begin());
}

bool literal::found_in(std::string_view text) const noexcept {
  if (m_text.empty()) return true;
  if (text.size() < m_text.size()) return false;
  // The rare byte of an occurrence that begins at the text's first place, and at its last.
  const char* at = text.data() + m_rare;
  const char* const end = text.data() + (text.size() - m_text.size()) + m_rare + 1;
  while (at < end) {
    at = static_cast<const char*>(
        std::memchr(at, m_text[m_rare], static_cast<std::size_t>(end - at)));
    if (at == nullptr) return false;
    if (std::memcmp(at - m_rare, m_text.data(), m_text.size()) == 0) return true;
    ++at;
  }
  return false;
}

}  // namespace logpipe
