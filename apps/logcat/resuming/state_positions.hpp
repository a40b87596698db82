#pragma once

#include "logcat/reading/topic_watch.hpp"
#include "marking_sink.hpp"
#include "position_keeper.hpp"
#include "resume.hpp"
#include "state_file.hpp"

#include <logpipe/kafka/reader.hpp>

#include <optional>
#include <vector>

namespace logpipe::logcat {

/// The positions of one run with --state: where it goes on, and what is kept for the next one.
class state_positions {
public:
  /// All must outlive it.
  state_positions(state_file& state, run_context& context, const plan& plan);

  /// Where each of `logs` goes on, see find_resumed().
  std::vector<std::optional<resumed_start>> find_starts(kafka::reader& reader,
                                                        const std::vector<partition_log>& logs);
  /// Begins to keep how far `parts` are; `starts`: of its first ones, in their order. The records
  /// are to be read into sink(), which passes them on to `next`. Both must outlive it.
  void begin(assignment& parts, const std::vector<std::optional<resumed_start>>& starts,
             record_sink& next);
  /// Those of `unanswered` of which something is kept go on there, once they answer `watch`.
  void add_late(assignment& parts, const std::vector<kafka::topic_partition>& unanswered,
                topic_watch& watch);
  record_sink& sink() noexcept { return *m_marks; }
  position_observer& observer() noexcept { return m_keeper; }

  /// See position_keeper.
  bool end(bool complete) { return m_keeper.end(complete); }

private:
  void go_on(reading& part, const std::optional<record_mark>& last);

  position_file& m_file;
  const kept_positions* m_kept = nullptr;  // of the cluster
  run_context& m_context;
  const plan& m_plan;
  std::optional<marking_sink> m_marks;
  position_keeper m_keeper;
};

}  // namespace logpipe::logcat
