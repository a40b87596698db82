#pragma once

#include "command.hpp"

#include <logpipe/follow/memory/kept_generation.hpp>

#include <vector>

namespace logpipe::logtail {

/// What a log's new position comes to, as its files are now.
struct log_target {
  /// The file at its path; `size` is how large it is now.
  follow::kept_generation now;
  /// The position is a line's first byte, as far as lines end with `\n`.
  bool at_line_begin = true;
  /// Those beside it that are called as its earlier files are: left out.
  std::vector<follow::kept_generation> earlier = {};
};

/// Looks at the files, and changes nothing. Throws usage_error where a path leads to no file that
/// positions are kept of, or the position is beyond its end.
std::vector<log_target> open_targets(const set_positions& command);

}  // namespace logpipe::logtail
