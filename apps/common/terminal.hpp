#pragma once

#include <cstddef>

namespace logpipe::app {

/// How wide a terminal is now; 80 where `descriptor` is none.
std::size_t columns_of(int descriptor);

/// Whether the locale's characters are UTF-8, by LC_ALL, LC_CTYPE and LANG.
bool speaks_utf8();

}  // namespace logpipe::app
