#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/wake_event.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct rd_kafka_message_s;
struct rd_kafka_op_s;

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

/// A record that send() did not take; it will not be reported.
struct refusal {
  /// Its place among the payloads of that call.
  std::size_t index;
  /// MSG_SIZE_TOO_LARGE: longer than message.max.bytes, it will never be taken. _QUEUE_FULL: try
  /// again after serve() (only if the user limits librdkafka's queue). missing or fatal: all of
  /// them.
  error_code error;
};

/// True when the settings ask for fewer acknowledgements than all: idempotence is then off, and a
/// record can be lost or come twice. Worth a warning.
bool weakens_delivery(const config& settings);

/// An idempotent producer with acks=all that never gives a record up because time passed
/// (message.timeout.ms=0), for one topic. It copies nothing: payloads must stay where they are
/// until they are reported. For one thread; librdkafka's own threads stay inside.
class producer {
public:
  /// librdkafka connects in the background; nothing is waited for. Throws config_error.
  producer(const config& settings, const std::string& topic);
  /// Does not wait for what is in flight; nobody reads the payloads afterwards.
  ~producer();
  producer(const producer&) = delete;
  producer& operator=(const producer&) = delete;

  /// Hands records to librdkafka, all for one partition, in order. Each has one outcome: it is
  /// taken, and reports once to a later serve(), with `tag`; or it is refused, and is listed in
  /// `refused`, which is cleared first. Those behind a refused one are taken all the same.
  /// `key`: of all of them. Returns how many were taken. Does not block. Hot path: no allocation of
  /// ours per record.
  std::size_t send(std::int32_t partition, std::span<const std::string_view> payloads, bytes key,
                   void* tag, std::vector<refusal>& refused);

  /// Hands all reports and notices that are there to `sink`; waits up to `wait` for the first. What
  /// the sink throws comes through; the reports behind it come with the next call.
  void serve(delivery_sink& sink, milliseconds wait = milliseconds(0));
  /// Readable when serve() has something to do.
  int wake_fd() const noexcept { return m_wake.descriptor(); }

  /// Records taken and not yet reported.
  std::size_t in_flight() const noexcept { return m_in_flight; }
  /// Makes librdkafka report every record it still holds as failed (_PURGE_QUEUE, _PURGE_INFLIGHT:
  /// the latter may have been written all the same); serve() until in_flight() is 0.
  void purge();

  rd_kafka_s* handle() const noexcept { return m_handle.get(); }

private:
  struct event_deleter {
    void operator()(rd_kafka_op_s* event) const noexcept;
  };

  std::size_t send_part(std::int32_t partition, std::size_t count, std::size_t first,
                        std::vector<refusal>& refused);
  void report(delivery_sink& sink);
  void tell(delivery_sink& sink, void* tag, std::size_t count);

  wake_event m_wake;  // outlives the handle, whose threads write to it
  handle_ptr m_handle;
  topic_ptr m_topic;
  queue_ptr m_queue;
  // Reports of which some were not handed out yet, and the first of these.
  std::unique_ptr<rd_kafka_op_s, event_deleter> m_reports;
  const rd_kafka_message_s* m_next = nullptr;
  std::vector<rd_kafka_message_s> m_messages;  // used again by each send
  std::size_t m_in_flight = 0;
};

}  // namespace logpipe::kafka
