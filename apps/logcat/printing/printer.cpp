#include "printer.hpp"

namespace logpipe::logcat {
namespace {

constexpr std::size_t block = 256UL * 1024;
constexpr std::size_t room_for_last_record = 64UL * 1024;

}  // namespace

printer::printer(run_context& context, const plan& plan)
    : m_context(context), m_format(plan.printing.format), m_buffer(block + room_for_last_record) {}

// Hot path.
std::size_t printer::take(std::span<const record> run) {
  for (const record& each : run) {
    m_format.append(m_buffer, each);
    if (m_buffer.size() >= block) flush();
  }
  m_printed += static_cast<std::int64_t>(run.size());
  return run.size();
}

void printer::flush() {
  if (m_buffer.empty()) return;
  m_context.write(m_buffer.view());
  m_buffer.clear();
}

}  // namespace logpipe::logcat
