#pragma once

#include "assignment.hpp"
#include "record_sink.hpp"

#include <logpipe/base/record.hpp>

#include <span>

namespace logpipe::logcat {

/// Takes records from a reader, leaves out what the assignment does not ask for, and gives the
/// others to a sink. A reading stands behind what the sink has dealt with.
class record_intake {
public:
  /// Both must outlive it.
  record_intake(assignment& parts, record_sink& sink) : m_parts(parts), m_sink(sink) {}

  /// Records of any partitions, each partition's in order. False: the sink wants no more. Hot path.
  bool take(std::span<const record> records);

private:
  bool take_run(std::span<const record> run);
  bool give(reading& part, std::span<const record> wanted);
  bool give_in_window(reading& part, std::span<const record> records);

  assignment& m_parts;
  record_sink& m_sink;
};

}  // namespace logpipe::logcat
