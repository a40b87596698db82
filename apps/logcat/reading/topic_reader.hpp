#pragma once

#include "loop_control.hpp"
#include "record_sink.hpp"

#include <logpipe/kafka/reader.hpp>

namespace logpipe::logcat {

/// Reads an assignment into a sink, records in the order in which they arrive.
class topic_reader {
public:
  /// All must outlive it; see loop_control.
  topic_reader(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
               topic_watch* watch = nullptr, position_observer* observer = nullptr,
               assigner* group = nullptr);

  /// Until the run ends, or all is read that the assignment asks for. The sink has been flushed
  /// then.
  loop_end read_into(record_sink& sink);

private:
  kafka::reader& m_reader;
  assignment& m_parts;
  loop_control m_control;
};

}  // namespace logpipe::logcat
