#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace logpipe::follow {

/// Finds the lines in [line, end) and appends them to `lines`, without their line ends: '\n', and a
/// '\r' before it. The bytes in [line, search) are known to hold no '\n' and are not searched
/// again. A line of more than `max_line` bytes is given to `too_long` instead. Returns where the
/// unfinished rest begins; `line` itself when no line ended.
///
/// The hot path of following: one memchr and one push_back a line, nothing is copied, and nothing
/// allocated once `lines` has grown to its usual size.
template <typename TooLong>
const char* split_lines(const char* line, const char* search, const char* end, std::size_t max_line,
                        std::vector<std::string_view>& lines, TooLong&& too_long) {
  while (search != end) {
    const auto* line_end =
        static_cast<const char*>(std::memchr(search, '\n', static_cast<std::size_t>(end - search)));
    if (line_end == nullptr) break;
    auto size = static_cast<std::size_t>(line_end - line);
    if (size != 0 && line_end[-1] == '\r') --size;
    if (size <= max_line) [[likely]] {
      lines.emplace_back(line, size);
    } else {
      too_long(std::string_view(line, size));
    }
    line = search = line_end + 1;
  }
  return line;
}

}  // namespace logpipe::follow
