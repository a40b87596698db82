#include "printer.hpp"

namespace logpipe::logcat {
namespace {

constexpr std::size_t block = 256UL * 1024;
constexpr std::size_t room_for_last_record = 64UL * 1024;

}  // namespace

printer::printer(run_context& context, const plan& plan)
    : m_context(context), m_form(plan.printing.form), m_buffer(block + room_for_last_record) {}

// Hot path.
std::size_t printer::take(std::span<const record> run) {
  for (auto rest = run; !rest.empty();) {
    rest = rest.subspan(m_form.append(m_buffer, rest, block));
    if (m_buffer.size() >= block) flush();
  }
  m_printed += static_cast<std::int64_t>(run.size());
  if (m_form.what_did_not_fit().count > 0 && !m_told_misfit) tell_first_misfit();
  return run.size();
}

// One odd record should not end the printing of a topic.
void printer::tell_first_misfit() {
  m_told_misfit = true;
  const auto& [field, bytes, topic, partition, offset] = *m_form.what_did_not_fit().first;
  m_context.messages().warning(
      "{} [{}]: the {} of offset {} has {} bytes, which do not fit -s; such are printed as they "
      "are",
      topic, partition, field, offset, bytes);
}

void printer::tell_what_did_not_fit() {
  const auto& [first, count] = m_form.what_did_not_fit();
  if (count > 1) m_context.messages().warning("{} keys and values did not fit -s", count);
}

void printer::flush() {
  if (m_buffer.empty()) return;
  m_context.write(m_buffer.view());
  m_buffer.clear();
}

}  // namespace logpipe::logcat
