#include "topic_expressions.hpp"

#include <algorithm>

namespace logpipe::logcat {

bool topic_expressions::expression::asks_for(std::string_view topic) const {
  const bool internal = topic.starts_with("__");
  return (!internal || text.starts_with("^__")) && matches.found_in(topic);
}

void topic_expressions::add(const std::string& text) {
  const bool known = std::any_of(m_expressions.begin(), m_expressions.end(),
                                 [&](const expression& each) { return each.text == text; });
  if (!known) m_expressions.push_back({text, pattern(text)});
}

bool topic_expressions::ask_for(std::string_view topic) const {
  return std::any_of(m_expressions.begin(), m_expressions.end(),
                     [&](const expression& each) { return each.asks_for(topic); });
}

std::vector<std::string> topic_expressions::texts() const {
  std::vector<std::string> all;
  for (const expression& each : m_expressions) {
    all.push_back(each.text);
  }
  return all;
}

std::vector<std::string> topic_expressions::asking_for(std::string_view topic) const {
  std::vector<std::string> asking;
  for (const expression& each : m_expressions) {
    if (each.asks_for(topic)) asking.push_back(each.text);
  }
  return asking;
}

std::vector<std::string> topic_expressions::without_match(
    const std::vector<std::string>& topics) const {
  std::vector<std::string> unmatched;
  for (const expression& each : m_expressions) {
    const bool matched = std::any_of(topics.begin(), topics.end(), [&](const std::string& topic) {
      return each.asks_for(topic);
    });
    if (!matched) unmatched.push_back(each.text);
  }
  return unmatched;
}

}  // namespace logpipe::logcat
