#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/memory/memory.hpp>

namespace logpipe::follow {

/// Opens the file that a generation was kept of, if it still is that: it has its number, is where
/// it was or beside its log, and has before its position what stood there. Empty when it is not
/// there. While it is, another file that holds the same is its copy, or only begins alike.
fd living_file(const kept_generation& kept);
/// That of one of the kept ones that a file is, by what it holds.
fd living_file(const memory& kept, const recollection& known);

}  // namespace logpipe::follow
