#pragma once

#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace logpipe::kafka {

/// Owns the messages of one take from a queue. Its array is used again; messages are librdkafka's.
class message_batch {
public:
  explicit message_batch(std::size_t capacity) : m_messages(capacity) {}
  ~message_batch() { clear(); }
  message_batch(const message_batch&) = delete;
  message_batch& operator=(const message_batch&) = delete;

  /// Gives back what is held and takes what the queue has, without waiting.
  void take(rd_kafka_queue_t* queue) {
    clear();
    const auto count = rd_kafka_consume_batch_queue(queue, 0, m_messages.data(), m_messages.size());
    m_count = count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  void clear() noexcept {
    for (auto* message : messages()) {
      rd_kafka_message_destroy(message);
    }
    m_count = 0;
  }

  std::span<rd_kafka_message_t* const> messages() const noexcept {
    return {m_messages.data(), m_count};
  }
  /// The queue may hold more.
  bool full() const noexcept { return m_count == m_messages.size(); }

private:
  std::vector<rd_kafka_message_t*> m_messages;
  std::size_t m_count = 0;
};

}  // namespace logpipe::kafka
