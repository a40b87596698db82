#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/delivery.hpp>
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

/// True when the settings ask for fewer acknowledgements than all: idempotence is then off, and a
/// record can be lost or come twice. Worth a warning.
bool weakens_delivery(const config& settings);

/// An idempotent producer with acks=all that never gives a record up because time passed
/// (message.timeout.ms=0), for any number of topics. It copies no value: what is sent must stay
/// where it is until it is reported. For one thread; librdkafka's own threads stay inside.
///
/// A topic that is missing or that refuses us fails its own records alone. librdkafka asks for such
/// a topic each second, so that its records are taken soon after it is there again.
class producer final : public record_sender {
public:
  /// librdkafka connects in the background; nothing is waited for. Throws config_error.
  explicit producer(const config& settings);
  /// Does not wait for what is in flight; nobody reads the payloads afterwards.
  ~producer() override;
  producer(const producer&) = delete;
  producer& operator=(const producer&) = delete;

  /// Throws kafka_error for a name that librdkafka refuses.
  topic_id add_topic(const std::string& name) override;
  std::size_t send(destination to, std::span<const std::string_view> payloads, bytes key, void* tag,
                   std::vector<refusal>& refused) override;
  std::size_t send(destination to, std::span<const outgoing_record* const> records,
                   std::vector<refusal>& refused) override;
  /// What the sink throws comes through; the reports behind it come with the next call.
  void serve(delivery_sink& sink, milliseconds wait) override;
  int wake_fd() const noexcept override { return m_wake.descriptor(); }
  std::size_t in_flight() const noexcept override { return m_in_flight; }
  /// Reports _PURGE_QUEUE, or _PURGE_INFLIGHT for what may have been written all the same.
  void purge() override;
  void take_back() override;

  rd_kafka_s* handle() const noexcept { return m_handle.get(); }

private:
  struct event_deleter {
    void operator()(rd_kafka_op_s* event) const noexcept;
  };

  std::size_t send_part(destination to, std::size_t count, std::size_t first,
                        std::vector<refusal>& refused);
  error_code send_one(destination to, const outgoing_record& record);
  void report(delivery_sink& sink);
  void tell(delivery_sink& sink, void* tag, std::size_t count);

  wake_event m_wake;  // outlives the handle, whose threads write to it
  handle_ptr m_handle;
  std::vector<topic_ptr> m_topics;
  queue_ptr m_queue;
  // Reports of which some were not handed out yet, and the first of these.
  std::unique_ptr<rd_kafka_op_s, event_deleter> m_reports;
  const rd_kafka_message_s* m_next = nullptr;
  std::vector<rd_kafka_message_s> m_messages;  // used again by each send
  std::size_t m_in_flight = 0;
};

}  // namespace logpipe::kafka
