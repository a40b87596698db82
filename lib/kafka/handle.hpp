#pragma once

#include <logpipe/kafka/error.hpp>

#include <memory>
#include <string>
#include <vector>

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
enum class role {
  producer,
  consumer,
  /// A consumer whose rebalances are events.
  group_member,
};

/// What librdkafka says of a partition that it has lost: "TOPIC [NUMBER]: reason".
struct complaint {
  error_code code;
  std::string text;
};

/// A client instance from `settings`. Its errors and logs are put on its main queue (log.queue),
/// none is printed. Throws config_error when librdkafka refuses the configuration as a whole.
///
/// Complaints are no messages of a partition's queue: whoever takes messages from it finds them at
/// the end of `complaints`, which must outlive the handle. Without it they are lost.
handle_ptr make_handle(role as, const config& settings,
                       std::vector<complaint>* complaints = nullptr);

}  // namespace logpipe::kafka
