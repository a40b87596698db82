#pragma once

#include "group_offsets.hpp"
#include "group_start.hpp"
#include "logcat/reading/assignment.hpp"
#include "logcat/run_context.hpp"
#include "logcat/selection/lookup.hpp"

#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace logpipe::logcat {

/// Finds where the partitions begin that a group has given us, and tells what is worth telling.
class group_beginnings {
public:
  /// `at_start`: all that there is as the run begins. The others must outlive it.
  group_beginnings(run_context& context, const plan& plan, const found_partitions& at_start)
      : m_context(context), m_plan(plan), m_at_start(at_start) {}

  struct beginning {
    stretch wanted;
    std::int64_t log_end;
    /// The command line had no say in it.
    bool resumed;
  };
  struct answer {
    std::vector<beginning> ready;
    /// Nobody answers for them now; ask again.
    std::vector<kafka::topic_partition> unanswered;
  };
  /// `member`'s ends are high watermarks, `reader`'s are those of the run's isolation.
  answer find(const std::vector<kafka::topic_partition>& given, const group_offsets& offsets,
              rd_kafka_s* member, rd_kafka_s* reader);

private:
  using places = std::map<kafka::topic_partition, std::int64_t>;

  found_partitions ask_logs(rd_kafka_s* handle,
                            const std::vector<kafka::topic_partition>& partitions);
  places find_asked_for(const std::vector<kafka::topic_partition>& given,
                        const group_offsets& offsets, rd_kafka_s* reader);
  bool was_there(const kafka::topic_partition& partition) const;
  std::int64_t pinned_end(const partition_log& log) const;
  void tell(const partition_log& log, const group_start& start, std::int64_t committed);

  run_context& m_context;
  const plan& m_plan;
  const found_partitions m_at_start;
};

}  // namespace logpipe::logcat
