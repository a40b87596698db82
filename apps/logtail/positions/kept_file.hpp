#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::logtail {

/// A file as a generation of the log `source` that goes on at `offset`, without an ID. `path` is
/// how the file was opened. Throws std::system_error.
follow::kept_generation keep_from(int descriptor, const std::string& path,
                                  const std::string& source, std::uint64_t offset);

/// An earlier file of the log, as one that is never read. Nothing when there is none, or it is no
/// regular file. One that cannot be read is known by its number alone.
std::optional<follow::kept_generation> keep_left_out(const std::string& path,
                                                     const std::string& source);

/// For reading; a FIFO is not waited for. Empty, and errno, when it cannot be opened.
fd open_file(const std::string& path);

}  // namespace logpipe::logtail
