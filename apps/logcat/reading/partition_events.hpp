#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"
#include "logcat/selection/lookup.hpp"
#include "topic_changes.hpp"

#include <logpipe/base/record.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <set>
#include <span>
#include <string_view>

namespace logpipe::logcat {

/// What becomes of the things that partitions say beside their records: ends, offsets that are gone
/// from the log, failures. Tells of what a person should know.
class partition_events {
public:
  /// All must outlive it. A partition that is not there is given to `changes`.
  partition_events(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                   topic_changes& changes);

  /// Throws std::runtime_error for what will not pass.
  void handle(const kafka::partition_event& event);
  /// Records came: what failed before gives again. Cheap when nothing has.
  void passed(std::span<const record> records);

private:
  partition_log ask_log(const reading& part);
  void start_again(reading& part);
  void check_early_end(reading& part);
  void on_failure(const kafka::partition_event& event, reading& part);
  void recovered(std::string_view topic, std::int32_t partition);

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  topic_changes& m_changes;
  std::set<kafka::topic_partition> m_failed;  // told of, until they give again
};

}  // namespace logpipe::logcat
