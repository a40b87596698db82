#pragma once

#include "logcat/run_context.hpp"

#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/reader.hpp>

namespace logpipe::logcat {

/// Looks at the group of the plan, without joining it, and gives the settings to join it with.
/// Throws usage_error for a group that is somebody's application, unless --join was given.
kafka::config settings_to_join(run_context& context, kafka::reader& reader, const plan& plan);

}  // namespace logpipe::logcat
