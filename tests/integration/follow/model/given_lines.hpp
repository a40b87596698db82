#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace logpipe::follow::testing {

/// A text for a message, in quotes, and cut when it is long.
std::string shown(std::string_view text);

/// Throws broken_promise when the chunk's lines are not those that stand there in the content.
/// `name` says whose content it is.
void require_lines(const std::string& name, std::string_view content, const chunk& given,
                   std::size_t max_line);

}  // namespace logpipe::follow::testing
