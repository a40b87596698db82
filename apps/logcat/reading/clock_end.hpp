#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/reader.hpp>

namespace logpipe::logcat {

/// --until with a time that lies ahead: the run follows until the wall clock has passed it, and
/// then reads to the ends that the logs have at that moment.
class clock_end {
public:
  /// All must outlive it.
  clock_end(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan);

  /// Gives all that is read an end once the time has come, and says whether it did now. Partitions
  /// that nobody found before are added.
  bool pass();
  bool passed() const noexcept { return m_passed; }
  /// How long to wait for it, at most a day.
  milliseconds left() const;

private:
  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  bool m_passed = false;
};

}  // namespace logpipe::logcat
