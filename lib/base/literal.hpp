#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace logpipe {

/// A text to be searched for in many others: by its rarest byte, as memchr(3) passes over the rest
/// at the speed of memory where memmem(3) looks at each byte.
class literal {
public:
  /// An empty text is found everywhere.
  explicit literal(std::string text);

  bool found_in(std::string_view text) const noexcept;

private:
  std::string m_text;
  /// Where in it the byte stands that is least to be expected in logs.
  std::size_t m_rare = 0;
};

}  // namespace logpipe
