#pragma once

#include <logpipe/follow/lines/framing.hpp>

#include <string_view>
#include <vector>

namespace logpipe::follow {

/// Where split_lines() stopped.
struct split_end {
  /// Where the unfinished rest begins, or the line that is longer than max_line.
  const char* rest;
  /// The content's end of that long line, and what is behind its line end; null when there is none.
  const char* long_line_end = nullptr;
  const char* behind_long_line = nullptr;
};

/// Finds the lines in [line, end) and appends them to `lines`, without their line ends, up to the
/// first that is longer than how.max_line. The bytes in [line, searched) are known to hold no whole
/// line end and are not searched again.
///
/// The hot path of following: one search and one push_back a line, nothing is copied, and nothing
/// allocated once `lines` has grown to its usual size.
split_end split_lines(const framing& how, const char* line, const char* searched, const char* end,
                      std::vector<std::string_view>& lines);

}  // namespace logpipe::follow
