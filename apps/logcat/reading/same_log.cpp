#include "same_log.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>

#include <fmt/format.h>

#include <optional>

namespace logpipe::logcat {
namespace {

using kind = kafka::partition_event::kind;

constexpr kafka::error_code timed_out = -185;

/// What a batch says about the record at the bookmark; nothing while it says nothing.
std::optional<sameness> verdict(const kafka::reader::batch& batch, const bookmark& mark) {
  if (!batch.records.empty()) {
    const record& first = batch.records.front();
    if (first.offset != mark.last_offset) return sameness::unknown;
    return first.timestamp == mark.last_timestamp ? sameness::same : sameness::another;
  }
  for (const auto& event : batch.events) {
    if (event.what == kind::failed) throw kafka::kafka_error(event.error, "reading a record again");
    return sameness::unknown;
  }
  return std::nullopt;
}

/// A partition that is read for as long as this stands.
class brief_reading {
public:
  brief_reading(kafka::reader& reader, const bookmark& from)
      : m_reader(reader), m_of(from.partition) {
    m_reader.start(m_of.topic, m_of.partition, from.last_offset);
  }
  ~brief_reading() { m_reader.stop(m_of.topic, m_of.partition); }
  brief_reading(const brief_reading&) = delete;
  brief_reading& operator=(const brief_reading&) = delete;

private:
  kafka::reader& m_reader;
  const kafka::topic_partition& m_of;
};

}  // namespace

sameness compare(kafka::reader& idle, const bookmark& mark, const partition_log& log,
                 milliseconds timeout) {
  if (log.end < mark.next) return sameness::shorter;
  if (mark.last_offset < log.begin) return sameness::unknown;
  const auto deadline = clock::now() + timeout;
  const brief_reading reading(idle, mark);
  while (clock::now() < deadline) {
    const auto batch = idle.read(milliseconds(milliseconds_until(deadline, clock::now())));
    if (const auto said = verdict(batch, mark)) return *said;
  }
  throw kafka::kafka_error(timed_out, fmt::format("reading {} [{}] at {} again", log.topic,
                                                  log.partition, mark.last_offset));
}

}  // namespace logpipe::logcat
