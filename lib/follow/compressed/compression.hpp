#pragma once

#include <string_view>

namespace logpipe::follow {

/// The formats that rotated logs are compressed with.
enum class compression { none, gzip, bzip2, xz, zstd, lz4 };

/// What a file that begins with `head` is compressed with, whatever its name says. Six bytes tell
/// each of them; an empty file, and one that is cut off before that, are plain.
compression compression_of(std::string_view head) noexcept;
/// The same of an open file. Throws std::system_error when it cannot be read.
compression compression_of(int descriptor);

}  // namespace logpipe::follow
