#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/memory/memory.hpp>
#include <logpipe/follow/names/directory_lists.hpp>

namespace logpipe::follow {

/// Opens the file that a generation was kept of, if it still is that: it has its number, is where
/// it was or beside its log, and has before its position what stood there. Empty when it is not
/// there. While it is, another file that holds the same is its copy, or only begins alike. `lists`
/// may be older than the latest rename.
fd living_file(const kept_generation& kept, directory_lists& lists);
/// That of one of the kept ones that a file is, by what it holds.
fd living_file(const memory& kept, const recollection& known, directory_lists& lists);

}  // namespace logpipe::follow
