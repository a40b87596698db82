#pragma once

#include <logpipe/follow/follower.hpp>

#include <cstdint>

namespace logpipe::follow {

/// The offset at which a file of `size` bytes is begun. With `end` that is behind its last line
/// end: an unfinished line is not skipped, its end may come any moment and a record is a whole
/// line; unless it is longer than how.max_line, then it is `size`. With `last_lines` they are
/// counted as tail counts them: an unfinished last line is one. Reads backwards, no more than it
/// needs.
/// Throws std::system_error when the file cannot be read.
std::uint64_t start_offset(int descriptor, std::uint64_t size, const start_at& start,
                           const framing& how);

}  // namespace logpipe::follow
