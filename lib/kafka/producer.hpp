#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/fd.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/handle.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::kafka {

/// Takes delivery reports. Called from producer::serve() and nowhere else.
class delivery_sink {
public:
  virtual ~delivery_sink() = default;
  /// `count` records of the batch `tag` are acknowledged by all in-sync replicas (acks=all).
  virtual void delivered(void* tag, std::size_t count) = 0;
  /// One record of the batch `tag` was not written. `payload` is the view that was sent.
  virtual void failed(void* tag, std::string_view payload, error_code error) = 0;
  virtual void heard(const notice& notice) = 0;
};

/// An idempotent producer with acks=all that never gives a record up because time passed
/// (message.timeout.ms=0), for one topic. It copies nothing: payloads must stay where they are
/// until they are reported. For one thread; librdkafka's own threads stay inside.
class producer {
public:
  /// librdkafka connects in the background; nothing is waited for. Throws config_error.
  producer(const config& settings, const std::string& topic);

  /// Hands records to librdkafka, all for one partition, in order; each record reports once, to a
  /// later serve(), with `tag`. `key`: of all of them. Returns how many were taken, from the front;
  /// where that is fewer than all, `refused` tells why the next one was not (_QUEUE_FULL: try again
  /// after serve(); MSG_SIZE_TOO_LARGE: longer than message.max.bytes; it will never be taken).
  /// Does not block. Hot path: no allocation per record.
  struct send_result {
    std::size_t taken;
    error_code refused;
  };
  send_result send(std::int32_t partition, std::span<const std::string_view> payloads, bytes key,
                   void* tag);

  /// Hands all reports and notices that are there to `sink`; waits up to `wait` for the first.
  void serve(delivery_sink& sink, milliseconds wait = milliseconds(0));
  /// Readable when serve() has something to do.
  int wake_fd() const noexcept;

  /// Records taken and not yet reported.
  std::size_t in_flight() const;
  /// Makes librdkafka report every record it still holds as failed (_PURGE_QUEUE, _PURGE_INFLIGHT:
  /// the latter may have been written all the same); serve() until in_flight() is 0.
  void purge();

  rd_kafka_s* handle() const noexcept { return m_handle.get(); }

private:
  handle_ptr m_handle;
  topic_ptr m_topic;
  queue_ptr m_queue;
  fd m_wake;
  std::vector<std::byte> m_messages;  // rd_kafka_message_t, used again by each send
};

}  // namespace logpipe::kafka
