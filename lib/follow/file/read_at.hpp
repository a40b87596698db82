#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace logpipe::follow {

/// pread(2) until `size` bytes are there or the file ends, whatever interrupts it. The number of
/// bytes, or -1 and errno.
ssize_t read_at(int descriptor, char* to, std::size_t size, std::uint64_t offset);

}  // namespace logpipe::follow
