#pragma once

#include <logpipe/ship/position_store.hpp>

#include <span>
#include <string>
#include <string_view>

namespace logpipe::logtail {

/// Throws usage_error for the first of `sources` of which nothing is kept, with the nearest of
/// which something is.
void expect_known(std::string_view option, std::span<const std::string> sources,
                  const ship::kept_positions& kept);

/// Takes all other sources out.
void keep_only(ship::kept_positions& kept, std::span<const std::string> sources);

}  // namespace logpipe::logtail
