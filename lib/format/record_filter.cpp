#include <logpipe/format/record_filter.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::format {
namespace {

bool match_all(const std::vector<pattern>& expressions, std::string_view text) {
  return std::all_of(expressions.begin(), expressions.end(),
                     [text](const pattern& each) { return each.found_in(text); });
}

}  // namespace

void record_filter::require_header(std::string name, pattern expression) {
  m_headers.push_back({std::move(name), std::move(expression)});
}

bool record_filter::empty() const noexcept {
  return !m_key && m_key_patterns.empty() && m_value_patterns.empty() && m_headers.empty() &&
         !m_tombstone;
}

// The cheap conditions first.
bool record_filter::matches(const record& record) const {
  if (m_tombstone && record.value) return false;
  const bool asks_key = m_key || !m_key_patterns.empty();
  if (asks_key && !(record.key && key_matches(*record.key))) return false;
  if (!m_value_patterns.empty() && !(record.value && match_all(m_value_patterns, *record.value))) {
    return false;
  }
  return std::all_of(m_headers.begin(), m_headers.end(),
                     [&record](const header_condition& each) { return has_header(record, each); });
}

bool record_filter::key_matches(std::string_view key) const {
  if (m_key_text) key = m_key_text(key);
  return (!m_key || key == *m_key) && match_all(m_key_patterns, key);
}

bool record_filter::has_header(const record& record, const header_condition& wanted) {
  return std::any_of(record.headers.begin(), record.headers.end(), [&wanted](const header& each) {
    return each.value && each.name == wanted.name && wanted.expression.found_in(*each.value);
  });
}

}  // namespace logpipe::format
