#include "clock_end.hpp"

#include "logcat/selection/lookup.hpp"

#include <logpipe/base/time.hpp>

#include <algorithm>

namespace logpipe::logcat {

clock_end::clock_end(run_context& context, kafka::reader& reader, assignment& parts,
                     const plan& plan)
    : m_context(context), m_reader(reader), m_parts(parts), m_plan(plan) {}

bool clock_end::pass() {
  if (m_passed || wall_clock_now() < m_plan.selection.times.until) return false;
  m_passed = true;
  // Over a connection of its own: an idle long poll would hold the question up.
  kafka::reader asking(m_plan.connection.settings, {.isolation = m_plan.selection.isolation});
  for (const auto& log : find_partitions(m_context, asking, m_plan).logs) {
    if (reading* const part = m_parts.find(log.topic, log.partition)) {
      part->end = std::min(part->end, log.end);
      continue;
    }
    m_parts.add({log.topic, log.partition, log.begin, log.end});
    m_reader.start(log.topic, log.partition, log.begin);
  }
  // What is not there any more has no more records.
  for (reading& part : m_parts) {
    if (part.end == no_end) part.end = part.next;
  }
  return true;
}

milliseconds clock_end::left() const {
  constexpr std::int64_t day = milliseconds(std::chrono::hours(24)).count();
  return milliseconds(
      std::clamp<std::int64_t>(m_plan.selection.times.until - wall_clock_now(), 0, day));
}

}  // namespace logpipe::logcat
