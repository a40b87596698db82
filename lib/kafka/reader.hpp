#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/handle.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace logpipe::kafka {

/// What a partition said beside its records.
struct partition_event {
  enum class kind {
    /// All that is there has been read; `offset` is where the next record will stand.
    end,
    /// The start offset is not there (any more); the partition is dead until it is started again.
    out_of_range,
    /// `error` says why the partition gives nothing. It may give again without a new start, also
    /// when the topic was deleted and made anew.
    failed,
  };
  kind what;
  std::string topic;
  std::int32_t partition;
  std::int64_t offset;
  error_code error;
};

/// Whether records of a transaction that is open or aborted are read.
enum class isolation_level {
  /// Not: reading ends at the last stable offset, where the oldest open transaction begins.
  committed,
  /// They are, up to the high watermark.
  uncommitted,
};

/// Reads partitions without a consumer group, each from an explicit offset, all through one queue.
/// For one thread.
///
/// Its settings keep librdkafka's queues small and wake its fetchers while there is a backlog; why,
/// and at which one place, stands in the source. Whole memory is bounded by about 16 MiB of fetched
/// records, but for a single record that is larger.
class reader {
public:
  struct options {
    /// A run that ends: asks brokers for data without letting them wait (fetch.wait.max.ms=10).
    bool bounded = false;
    /// Also what list_offsets(handle(), ..., offset_spec::end) takes for the end.
    isolation_level isolation = isolation_level::committed;
    /// Fill record::headers; costs a little for every record.
    bool headers = false;
    /// How many partitions will be read; divides the queues' memory.
    std::size_t partitions = 1;
  };

  /// Throws config_error. Nothing is waited for.
  reader(const config& settings, options how);
  ~reader();
  reader(const reader&) = delete;
  reader& operator=(const reader&) = delete;

  /// Begins to read a partition at `offset`. Ask describe_topic(handle(), ...) first: librdkafka
  /// otherwise waits for a metadata refresh of its own (0.5 s). Throws kafka_error.
  void start(const std::string& topic, std::int32_t partition, std::int64_t offset);
  /// Stops it; records of it that are still queued are dropped. No effect when it was not started.
  void stop(const std::string& topic, std::int32_t partition);

  struct batch {
    /// Views are valid until the next call of read() or the reader's end.
    std::span<const record> records;
    std::span<const partition_event> events;
    std::span<const notice> notices;
    bool empty() const noexcept { return records.empty() && events.empty() && notices.empty(); }
  };
  /// The next records, of all partitions as they come, in order within each. Waits up to `wait` for
  /// the first; a signal ends the wait. Hot path: no allocation per record.
  batch read(milliseconds wait);

  /// The offset after the last record or marker that was passed; -1 while nothing was. Control
  /// markers and aborted records move it without giving a record.
  std::int64_t position(const std::string& topic, std::int32_t partition) const;

  /// Where the partition's log ended, open transactions included, as the last answer to a fetch of
  /// it said; -1 before the first. Asks nobody.
  std::int64_t high_watermark(const std::string& topic, std::int32_t partition) const;

  /// Readable when read() has something: wait on it, then read with wait 0 until the batch is
  /// empty.
  int wake_fd() const noexcept;
  rd_kafka_s* handle() const noexcept;

private:
  struct state;
  std::unique_ptr<state> m_state;
};

}  // namespace logpipe::kafka
