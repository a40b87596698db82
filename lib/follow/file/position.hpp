#pragma once

#include <logpipe/follow/file/guard.hpp>

#include <cstdint>

namespace logpipe::follow {

/// How far a file has been read, and what then stood before that place.
struct position {
  std::uint64_t offset = 0;
  guard before;
};

/// The place `offset` of an open file, with what stands before it now. Throws std::system_error.
position position_at(int descriptor, std::uint64_t offset);
/// Whether an open file still has, before the position, what stood there. False as well when it is
/// shorter or cannot be read: then nothing proves that it is the same.
bool stands_at(int descriptor, const position& where);

}  // namespace logpipe::follow
