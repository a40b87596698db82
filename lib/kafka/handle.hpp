#pragma once

#include <memory>

// librdkafka's types, named without its header, so that only lib/kafka's sources include it.
struct rd_kafka_s;
struct rd_kafka_topic_s;
struct rd_kafka_queue_s;

namespace logpipe::kafka {

struct handle_deleter {
  /// Waits for librdkafka's threads to end (milliseconds; a consumer is closed first).
  void operator()(rd_kafka_s* handle) const noexcept;
};
struct topic_deleter {
  void operator()(rd_kafka_topic_s* topic) const noexcept;
};
struct queue_deleter {
  void operator()(rd_kafka_queue_s* queue) const noexcept;
};

using handle_ptr = std::unique_ptr<rd_kafka_s, handle_deleter>;
using topic_ptr = std::unique_ptr<rd_kafka_topic_s, topic_deleter>;
using queue_ptr = std::unique_ptr<rd_kafka_queue_s, queue_deleter>;

class config;
enum class role { producer, consumer };

/// A client instance from `settings`. Its errors and logs are put on its main queue (log.queue),
/// none is printed. Throws config_error when librdkafka refuses the configuration as a whole.
handle_ptr make_handle(role as, const config& settings);

}  // namespace logpipe::kafka
