#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/kafka/internal/message_batch.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace logpipe::kafka {

/// What one take from a queue brought, as views of librdkafka's messages. Views are valid until the
/// next take. For one thread.
class incoming {
public:
  /// `most`: messages of one take.
  incoming(std::size_t most, const reader::options& how);

  /// Gives back what is held and takes what the queue has, without waiting. Returns the records'
  /// volume as the fetch_waker counts it. Hot path: nothing is allocated or copied for a record.
  std::size_t take(rd_kafka_queue_t* queue);

  /// The queue may hold more.
  bool full() const noexcept { return m_taken.full(); }
  std::span<const record> records() const noexcept { return m_records; }
  std::span<const partition_event> events() const noexcept { return m_events; }

private:
  void collect_headers(const rd_kafka_message_t& message);
  void assign_headers();

  bool m_with_headers;
  bool m_with_brokers;
  message_batch m_taken;
  std::vector<record> m_records;
  std::vector<header> m_headers;
  std::vector<std::size_t> m_header_ends;  // of each record, in m_headers
  std::vector<partition_event> m_events;
};

}  // namespace logpipe::kafka
