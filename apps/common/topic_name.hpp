#pragma once

#include <string_view>

namespace logpipe::app {

/// Throws usage_error for what no broker takes as a topic's name, so that it is not asked for.
void check_topic_name(std::string_view name);

}  // namespace logpipe::app
