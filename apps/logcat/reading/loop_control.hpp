#pragma once

#include "assigner.hpp"
#include "assignment.hpp"
#include "clock_end.hpp"
#include "isolation.hpp"
#include "logcat/run_context.hpp"
#include "partition_events.hpp"
#include "position_observer.hpp"
#include "record_sink.hpp"
#include "stall.hpp"
#include "topic_changes.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/reader.hpp>

#include <optional>

namespace logpipe::logcat {

enum class loop_end {
  /// All stretches are done.
  done,
  /// The sink wants no more.
  enough,
  idle,
  timeout,
  signal,
};

/// What a reading loop needs beside its records, in whatever order it takes them: starts the
/// partitions, sees to what they say, adds those that appear, and says when the run ends.
class loop_control {
public:
  /// All must outlive it. With a `watch`, partitions that it finds are added for as long as the run
  /// follows; `observer` is told how far the run is; `group` decides what is read, from the start.
  loop_control(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
               topic_watch* watch, position_observer* observer, assigner* group = nullptr);

  /// Begins to read all that is not done.
  void start();
  /// To be called behind each batch, whose records the sink has taken: what else it brought, and
  /// whether the run ends. Flushes the sink when no record came, and when it ends.
  std::optional<loop_end> after(const kafka::reader::batch& batch, record_sink& sink);
  /// Flushes the sink and tells the observer.
  void flush(record_sink& sink);
  /// Until something comes, or is to be looked at, or `longest` has passed.
  void wait(milliseconds longest = milliseconds::max());

private:
  std::optional<loop_end> look_for_end(time_point now);
  void pass_positions();
  bool all_read();

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  position_observer* m_observer;
  assigner* m_group;
  topic_changes m_changes;
  partition_events m_events;
  open_transactions m_transactions;
  stall_watch m_stall;
  std::optional<clock_end> m_clock_end;
  const bool m_follows;
  time_point m_last_record;
  time_point m_last_flush;
};

}  // namespace logpipe::logcat
