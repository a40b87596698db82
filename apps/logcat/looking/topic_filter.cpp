#include "topic_filter.hpp"

#include "common/topic_name.hpp"
#include "common/values.hpp"

#include <algorithm>

namespace logpipe::logcat {

topic_filter::topic_filter(const std::vector<std::string>& topics) {
  for (const auto& text : topics) {
    if (text.starts_with('^')) {
      m_patterns.push_back({text, app::pattern_value("TOPIC", text)});
    } else {
      app::check_topic_name(text);
      m_names.push_back(text);
    }
  }
}

bool topic_filter::expression::matches(const std::string& topic) const {
  if (topic.starts_with("__") && !text.starts_with("^__")) return false;
  return compiled.found_in(topic);
}

bool topic_filter::matches(const std::string& topic) const {
  return all() || std::find(m_names.begin(), m_names.end(), topic) != m_names.end() ||
         std::any_of(m_patterns.begin(), m_patterns.end(),
                     [&](const expression& each) { return each.matches(topic); });
}

std::string topic_filter::unmatched(const std::vector<std::string>& topics) const {
  for (const auto& each : m_patterns) {
    const bool found = std::any_of(topics.begin(), topics.end(),
                                   [&](const std::string& topic) { return each.matches(topic); });
    if (!found) return each.text;
  }
  return "";
}

}  // namespace logpipe::logcat
