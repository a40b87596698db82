#pragma once

#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::logtail {

/// An open file as a generation of the log `source`, an absolute path, that goes on at `offset`;
/// without an ID. Throws std::system_error.
follow::kept_generation keep_from(int descriptor, const std::string& source, std::uint64_t offset);

/// An earlier file of the log, as one that is never read. Nothing when there is none, or it is no
/// regular file. One that may not be read is known by its number alone. Throws std::system_error.
std::optional<follow::kept_generation> keep_left_out(const std::string& path,
                                                     const std::string& source);

}  // namespace logpipe::logtail
