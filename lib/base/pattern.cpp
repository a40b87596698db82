#include <logpipe/base/pattern.hpp>

#include <re2/re2.h>

namespace logpipe {

pattern::pattern(const std::string& expression, letters which) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(which == letters::as_written);
  m_expression = std::make_shared<const RE2>(expression, options);
  if (!m_expression->ok()) throw invalid_pattern(m_expression->error());
}

bool pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch({text.data(), text.size()}, *m_expression);
}

}  // namespace logpipe
