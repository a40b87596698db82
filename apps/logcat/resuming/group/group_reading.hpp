#pragma once

#include "group_beginnings.hpp"
#include "group_offsets.hpp"
#include "logcat/reading/assigner.hpp"
#include "logcat/reading/assignment.hpp"
#include "logcat/reading/position_observer.hpp"
#include "logcat/run_context.hpp"
#include "logcat/selection/lookup.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/membership.hpp>
#include <logpipe/kafka/reader.hpp>

#include <set>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Reads, through the run's reader, what a consumer group gives this process, from where the group
/// is, and commits how far it got.
///
/// A partition that goes to another member is committed first, with commit::flush; with
/// commit::end the other one reads again what this run has printed of it, for this run may still
/// fail.
class group_reading : public assigner, public position_observer {
public:
  /// Joins the group of the plan, once it has been found to be ours. Throws usage_error when it is
  /// not. `found`: all that there is as the run begins. All must outlive it.
  group_reading(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                const found_partitions& found);

  void serve(record_sink& sink) override;
  void found(const partition_log& log) override;
  bool settled() override;
  int wake_fd() const noexcept override { return m_member.wake_fd(); }

  void flushed(const assignment& parts) override;
  /// The run is over; `complete`: it has done what was asked for. Commits what is to be, and waits
  /// for the answer. False, and told, when there is none in time.
  bool end(bool complete);

  /// The group has given out its partitions since we joined.
  bool joined() const noexcept { return m_joined; }

private:
  kafka::membership::news poll();
  void on_answer(kafka::error_code error);
  void subscribe();
  void ask_again();
  void begin_reading(const std::vector<kafka::topic_partition>& given);
  void let_go(const kafka::rebalance& change);
  void commit_written();
  bool keep_before(time_point limit);

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  const std::vector<partition_log> m_at_start;
  group_beginnings m_beginnings;
  std::set<std::string> m_topics;
  std::vector<kafka::topic_partition> m_unanswered;  // ours, to be asked about again
  group_offsets m_offsets;
  kafka::membership m_member;
  bool m_joined = false;
  bool m_told_of_waiting = false;
  kafka::error_code m_refused = 0;  // why the last commit was
  time_point m_began;
  time_point m_last_commit{};
  time_point m_last_question{};
  time_point m_last_try{};
};

}  // namespace logpipe::logcat
