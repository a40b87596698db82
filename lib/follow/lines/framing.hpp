#pragma once

#include <logpipe/follow/lines/line_end.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace logpipe::follow {

/// What becomes of a line that is longer than max_line.
enum class long_lines {
  cut,       ///< it is given in pieces of max_line bytes, which join to the whole
  pass_over  ///< it is left out and told as line_too_long
};

/// How bytes become lines.
struct framing {
  line_end end{};
  /// The most bytes of a line's content that are given in one; at least 1.
  std::size_t max_line = 1'000'000;
  long_lines longer = long_lines::cut;

  /// Whether an unfinished line of `size` bytes is known to be longer than max_line, wherever its
  /// end is.
  bool is_long(std::uint64_t size) const noexcept { return size > max_line + end.most_begun(); }
};

/// Called with offset and size, in bytes, of a line that was passed over.
using too_long_observer = std::function<void(std::uint64_t offset, std::uint64_t size)>;

}  // namespace logpipe::follow
