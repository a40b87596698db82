#pragma once

#include "context_sink.hpp"
#include "options.hpp"
#include "summary_sink.hpp"

#include <logpipe/format/record_filter.hpp>

#include <chrono>
#include <optional>

namespace logpipe::logcat {

/// Which of the records that are read are printed, or counted, checked.
struct filtering_plan {
  format::record_filter filter;
  /// Records around each that passes.
  context_size context;
  /// A bounded run that prints no record has not found what was asked for.
  bool must_find = false;
  bool count_only = false;
  /// The time that each bar stands for.
  std::optional<std::chrono::milliseconds> histogram;
  count_form form = count_form::text;

  /// Counts are printed instead of records.
  bool counts() const noexcept { return count_only || histogram; }
};

/// Throws usage_error.
filtering_plan resolve(const filtering_options& options);

}  // namespace logpipe::logcat
