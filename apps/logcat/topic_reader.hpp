#pragma once

#include "assignment.hpp"
#include "run_context.hpp"
#include "topic_watch.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/reader.hpp>

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

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

/// Reads an assignment through a reader into a sink: a type with `bool take(const record&)`, false
/// for enough, and `void flush()`, called when no further record is there at once.
class topic_reader {
public:
  /// Begins to read all that is not done. With a `watch`, partitions that it finds are added, for
  /// as long as the run follows.
  topic_reader(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
               topic_watch* watch = nullptr);

  // The hot path of the whole program: a batch of views from librdkafka, one call of the sink for
  // each record. Nothing is allocated, locked or called virtually for a record; the clock, signals
  // and connection are looked at once for a batch.
  template <typename Sink>
  loop_end read_into(Sink& sink) {
    for (;;) {
      const auto batch = m_reader.read(milliseconds(0));
      for (const record& record : batch.records) {
        reading* const part = m_parts.find(record.topic, record.partition);
        if (part == nullptr) continue;
        part->next = record.offset + 1;
        if (record.offset < part->first || record.offset >= part->end) continue;
        if (!sink.take(record)) {
          sink.flush();
          return loop_end::enough;
        }
      }
      const bool quiet = batch.records.empty();
      if (quiet) sink.flush();
      if (const auto end = after(batch)) {
        sink.flush();
        return *end;
      }
      if (batch.empty()) wait();
    }
  }

private:
  /// What a batch brought beside its records, and whether the run ends.
  std::optional<loop_end> after(const kafka::reader::batch& batch);
  void on_event(const kafka::partition_event& event);
  rd_kafka_s* handle_to_ask() const;
  partition_log ask_log(const reading& part);
  void start_again(reading& part);
  void check_early_end(reading& part);
  void on_failure(const kafka::partition_event& event);
  void look_for_missing(time_point now);
  void pass_positions();
  void add_found();
  void wait();

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  topic_watch* m_watch;
  bool m_bounded;  // ends at offsets
  time_point m_last_record;
  std::set<std::pair<std::string, std::int32_t>> m_failed;  // told of
  std::map<std::string, time_point> m_missing;  // topics, and when to see whether they are back
  std::set<std::string> m_gone;                 // told of, until they are back
};

}  // namespace logpipe::logcat
