#pragma once

#include "run_context.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/record_format.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace logpipe::logcat {

/// Prints records to stdout, in whole records and large blocks. Each function that writes may throw
/// run_ended, as run_context::write.
class printer {
public:
  printer(run_context& context, const plan& plan)
      : m_context(context),
        m_format(plan.format),
        m_most(plan.count.value_or(std::numeric_limits<std::int64_t>::max())) {}

  /// False once -c is reached: no further record is wanted. Hot path.
  bool take(const record& record) {
    m_format.append(m_buffer, record);
    return finish_record();
  }
  /// A record's text that was made before.
  bool take_text(std::string_view text) {
    m_buffer.append(text);
    return finish_record();
  }
  /// Nothing more is there for the moment.
  void flush() {
    if (m_buffer.empty()) return;
    m_context.write(m_buffer.view());
    m_buffer.clear();
  }
  std::int64_t printed() const noexcept { return m_printed; }

private:
  static constexpr std::size_t block = 256UL * 1024;

  bool finish_record() {
    if (m_buffer.size() >= block) flush();
    return ++m_printed < m_most;
  }

  run_context& m_context;
  format::record_format m_format;
  output_buffer m_buffer{block + 64UL * 1024};
  std::int64_t m_printed = 0;
  std::int64_t m_most;
};

}  // namespace logpipe::logcat
