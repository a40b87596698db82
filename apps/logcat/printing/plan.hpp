#pragma once

#include "options.hpp"

#include <logpipe/format/record_format.hpp>

namespace logpipe::logcat {

/// How records look, checked.
struct printing_plan {
  format::record_format format;
};

/// Throws usage_error. `terminal`: text is made harmless for it.
printing_plan resolve(const printing_options& options, bool terminal);

}  // namespace logpipe::logcat
