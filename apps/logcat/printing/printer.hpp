#pragma once

#include "logcat/reading/record_sink.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/format/record_form.hpp>

#include <cstdint>

namespace logpipe::logcat {

/// Prints records to stdout, in whole records and large blocks. Each function that writes may throw
/// run_ended, as run_context::write.
class printer : public record_sink {
public:
  printer(run_context& context, const plan& plan);

  std::size_t take(std::span<const record> run) override;
  void flush() override;
  bool enough() const override { return false; }

  std::int64_t printed() const noexcept { return m_printed; }
  /// Says at the end of a run what was said of the first one only.
  void tell_what_did_not_fit();

private:
  void tell_first_misfit();

  run_context& m_context;
  format::record_form m_form;
  output_buffer m_buffer;
  std::int64_t m_printed = 0;
  bool m_told_misfit = false;
};

}  // namespace logpipe::logcat
