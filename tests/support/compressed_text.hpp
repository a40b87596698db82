#pragma once

#include <logpipe/follow/compressed/compression.hpp>

#include <string>
#include <string_view>

namespace logpipe::test {

/// A file's bytes that decompress to the text: one member, written by libarchive. The same each
/// time.
std::string compressed(follow::compression how, std::string_view text);

/// A text of `size` bytes, in lines, that shrinks by no more than a quarter: a place in what is
/// made of it is a place in it.
std::string incompressible_lines(std::size_t size);

}  // namespace logpipe::test
