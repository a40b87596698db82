#pragma once

#include <logpipe/follow/file/guard.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace logpipe::follow {

/// What ends a line: one byte or several. A '\r' before a '\n' belongs to the end too, unless it is
/// to be kept.
class line_end {
public:
  /// The part of it that was read before comes again with the guard, so it cannot be longer.
  static constexpr std::size_t longest = guard::capacity;

  /// Throws std::invalid_argument when `text` is empty or longer than `longest`.
  explicit line_end(std::string text = "\n", bool keep_return = false);

  std::string_view text() const noexcept { return m_text; }
  std::size_t size() const noexcept { return m_text.size(); }
  bool takes_return() const noexcept { return m_takes_return; }

  /// The first one that lies whole in [from, end); null when there is none.
  const char* find(const char* from, const char* end) const noexcept {
    const auto size = static_cast<std::size_t>(end - from);
    const void* found = m_text.size() == 1 ? std::memchr(from, m_text.front(), size)
                                           : ::memmem(from, size, m_text.data(), m_text.size());
    return static_cast<const char*>(found);
  }
  /// Where a search goes on in a line that begins at `line` and was searched up to `searched`
  /// without success: the end's first bytes may stand there already.
  const char* search_from(const char* line, const char* searched) const noexcept {
    const auto known = static_cast<std::size_t>(searched - line);
    return known < m_text.size() ? line : searched - (m_text.size() - 1);
  }
  /// Where the content of a line ends that begins at `line` and whose end was found at `found`.
  const char* content_end(const char* line, const char* found) const noexcept {
    return m_takes_return && found != line && found[-1] == '\r' ? found - 1 : found;
  }
  /// So many of the last bytes of an unfinished line, at most, may belong to its end.
  std::size_t most_begun() const noexcept { return m_text.size() - 1 + (m_takes_return ? 1 : 0); }

private:
  std::string m_text;
  bool m_takes_return;
};

}  // namespace logpipe::follow
