#pragma once

#include "loop_control.hpp"
#include "record_intake.hpp"
#include "record_merge.hpp"
#include "record_sink.hpp"

#include <logpipe/kafka/reader.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace logpipe::logcat {

/// Reads an assignment into a sink as one stream in the order of time (record_merge says which).
/// The reader must have been made with lanes: each partition's records stay in librdkafka's bounded
/// queue until the ones before them are used up, so that memory does not grow with the skew between
/// partitions.
class merge_reader {
public:
  /// All must outlive it; see loop_control.
  merge_reader(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
               topic_watch* watch = nullptr, position_observer* observer = nullptr);

  /// Until the run ends, or all is read that the assignment asks for. The sink has been flushed
  /// then.
  loop_end read_into(record_sink& sink);

private:
  struct outcome {
    bool enough = false;
    std::size_t records = 0;
  };

  void add_lanes();
  void drop_renewed_lanes();
  void fill_empty_lanes();
  void fill(std::size_t lane);
  outcome print(record_intake& intake);
  void stop_done_lanes();
  void tell_of_stragglers();

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  loop_control m_control;
  record_merge m_merge;
  std::vector<kafka::partition_event> m_events;  // to be handled now
  /// What was said behind records that have not been printed yet.
  std::vector<std::pair<const reading*, kafka::partition_event>> m_later_events;
  /// One of each batch that came; key and value may be gone.
  std::vector<record> m_came;
  /// How often each partition had been started when its records came; by reading::index.
  std::vector<std::size_t> m_starts;
};

}  // namespace logpipe::logcat
