#pragma once

#include <string_view>

namespace logpipe::follow {

/// Whether a path ends as those of compressed files do: `.gz`, `.bz2`, `.xz`, `.zst`, `.lz4`. What
/// lies in one are no lines, and mostly those of a rotated log that were shipped already.
bool has_compressed_name(std::string_view path);
/// The path without that ending.
std::string_view without_compressed_ending(std::string_view path);

}  // namespace logpipe::follow
