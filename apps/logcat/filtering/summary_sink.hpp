#pragma once

#include "logcat/reading/assignment.hpp"
#include "logcat/reading/record_sink.hpp"

#include <logpipe/base/output.hpp>

#include <cstdint>

namespace logpipe::logcat {

/// How counts are written.
enum class count_form {
  /// Columns for eyes, and for awk.
  text,
  /// An object on each line.
  json,
};

/// Where records end that are summed up instead of printed.
class summary_sink : public record_sink {
public:
  void flush() override {}
  bool enough() const override { return false; }

  /// How many records it was given.
  virtual std::int64_t records() const noexcept = 0;
  /// What they come to, in whole lines. `read`: what was read for it.
  virtual void append_to(output_buffer& out, const assignment& read) = 0;
};

}  // namespace logpipe::logcat
