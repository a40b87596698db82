#pragma once

#include "options.hpp"

#include <logpipe/follow/follower.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// Which files, from where on, and what is a line in them. `memory`: the bound on what is read and
/// not acknowledged, bytes. Throws usage_error.
follow::follow_options plan_following(const options& options, std::size_t memory);

/// Where the earlier files of each source lie. Throws usage_error.
std::vector<std::string> rotated_globs(const options& options);

}  // namespace logpipe::logtail
