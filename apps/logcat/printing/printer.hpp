#pragma once

#include "logcat/reading/record_sink.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/format/record_format.hpp>

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

private:
  run_context& m_context;
  format::record_format m_format;
  output_buffer m_buffer;
  std::int64_t m_printed = 0;
};

}  // namespace logpipe::logcat
