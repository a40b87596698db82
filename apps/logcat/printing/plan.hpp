#pragma once

#include "options.hpp"

#include <logpipe/format/packing.hpp>
#include <logpipe/format/record_form.hpp>

namespace logpipe::logcat {

/// How records look, checked.
struct printing_plan {
  format::record_form form;
  /// How keys and values are packed: what keys are compared with is their text.
  format::record_packing packing;
};

/// Throws usage_error. `terminal`: text is made harmless for it, and has colours.
printing_plan resolve(const printing_options& options, bool terminal);

}  // namespace logpipe::logcat
