#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"
#include "logcat/selection/lookup.hpp"
#include "topic_watch.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace logpipe::logcat {

/// What becomes of the things that partitions say beside their records: ends, offsets that are gone
/// from the log, failures, topics that were deleted. Tells of what a person should know.
class partition_events {
public:
  /// All must outlive it. Questions go over the watch's connection where there is one.
  partition_events(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                   topic_watch* watch);

  /// Throws std::runtime_error for what will not pass.
  void handle(const kafka::partition_event& event);
  /// Whether topics that gave a failure are there again. Throws std::runtime_error when one is not,
  /// in a bounded run.
  void look_for_missing(time_point now);

private:
  rd_kafka_s* handle_to_ask() const;
  partition_log ask_log(const reading& part);
  void start_again(reading& part);
  void check_early_end(reading& part);
  void on_failure(const kafka::partition_event& event);

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  topic_watch* m_watch;
  std::set<std::pair<std::string, std::int32_t>> m_failed;  // told of
  std::map<std::string, time_point> m_missing;  // topics, and when to see whether they are back
  std::set<std::string> m_gone;                 // told of, until they are back
};

}  // namespace logpipe::logcat
