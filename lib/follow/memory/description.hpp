#pragma once

#include <logpipe/follow/file/generation.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <string>
#include <string_view>

namespace logpipe::follow {

/// What is to be kept of a generation of `log` whose file is called `name` (empty: it has none any
/// more): as if no more of it would be given, and nothing were acknowledged. Reads the file's first
/// bytes where it is open.
kept_generation describe(const generation& file, std::string log, const std::string& name);

/// Sets what a file is known by: its number, and the first bytes of its content.
void identify(kept_generation& what, const identity& file, std::string_view head);

/// Whether all of a file's first bytes are one line, more than once (see all_lines_alike()).
bool has_alike_lines(std::string_view head) noexcept;

}  // namespace logpipe::follow
