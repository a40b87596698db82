#pragma once

#include <logpipe/base/state/state_schema.hpp>

namespace logpipe::ship {

/// The state files that positions of logs are kept in.
state_schema position_schema();

}  // namespace logpipe::ship
