#pragma once

#include <logpipe/base/pattern.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// TOPICs that begin with ^: regular expressions for the names of topics, those that are there and
/// those that come later.
class topic_expressions {
public:
  static bool is_expression(std::string_view topic) noexcept { return topic.starts_with('^'); }

  /// Throws invalid_pattern.
  void add(const std::string& text);

  bool empty() const noexcept { return m_expressions.empty(); }
  /// Whether one of them asks for the topic. An internal topic (__consumer_offsets) is asked for by
  /// name alone: by an expression that begins with ^__.
  bool ask_for(std::string_view topic) const;
  /// All of them, those that ask for the topic, and those that ask for none of the topics, as they
  /// were written.
  std::vector<std::string> texts() const;
  std::vector<std::string> asking_for(std::string_view topic) const;
  std::vector<std::string> without_match(const std::vector<std::string>& topics) const;

private:
  struct expression {
    std::string text;
    pattern matches;

    bool asks_for(std::string_view topic) const;
  };
  std::vector<expression> m_expressions;
};

}  // namespace logpipe::logcat
