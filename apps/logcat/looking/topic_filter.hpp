#pragma once

#include <logpipe/base/pattern.hpp>

#include <string>
#include <vector>

namespace logpipe::logcat {

/// The topics that a command line names, by name and by regular expression. Without any, all.
class topic_filter {
public:
  topic_filter() = default;
  /// Throws usage_error for what is neither a topic's name nor, beginning with `^`, an expression.
  explicit topic_filter(const std::vector<std::string>& topics);

  bool all() const noexcept { return m_names.empty() && m_patterns.empty(); }
  /// An internal topic (`__...`) is matched only by an expression that begins with `^__`.
  bool matches(const std::string& topic) const;

  const std::vector<std::string>& names() const noexcept { return m_names; }
  /// The first expression that matches none of `topics`; empty: none.
  std::string unmatched(const std::vector<std::string>& topics) const;

private:
  struct expression {
    std::string text;
    pattern compiled;
    bool matches(const std::string& topic) const;
  };
  std::vector<std::string> m_names;
  std::vector<expression> m_patterns;
};

}  // namespace logpipe::logcat
