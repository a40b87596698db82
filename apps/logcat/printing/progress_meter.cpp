#include "progress_meter.hpp"

#include <unistd.h>

namespace logpipe::logcat {
namespace {

std::size_t size_of(const bytes& text) noexcept {
  return text ? text->size() : 0;
}

}  // namespace

progress_meter::progress_meter(app::messages& out, record_sink& next)
    : m_next(next), m_line("logcat", STDERR_FILENO, out) {
  m_far.noun = "records";
}

std::size_t progress_meter::take(std::span<const record> run) {
  for (const record& each : run) {
    m_far.bytes += size_of(each.key) + size_of(each.value);
  }
  m_far.items += run.size();
  const std::size_t taken = m_next.take(run);
  show();
  return taken;
}

void progress_meter::flush() {
  m_next.flush();
  show();
}

void progress_meter::show() {
  const time_point now = clock::now();
  if (now < m_line.next()) return;
  if (m_parts != nullptr) m_far.share = m_parts->share();
  m_line.show(m_far, now);
}

}  // namespace logpipe::logcat
