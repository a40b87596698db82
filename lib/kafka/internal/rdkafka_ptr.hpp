#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

// Owners of what librdkafka hands out. For lib/kafka's sources only: it includes rdkafka.h, which
// no public header does.

namespace logpipe::kafka {

template <auto release>
struct released_by {
  template <typename T>
  void operator()(T* object) const noexcept {
    release(object);
  }
};

template <typename T, auto release>
using owned_ptr = std::unique_ptr<T, released_by<release>>;

using conf_ptr = owned_ptr<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using event_ptr = owned_ptr<rd_kafka_event_t, rd_kafka_event_destroy>;
using metadata_ptr = owned_ptr<const rd_kafka_metadata_t, rd_kafka_metadata_destroy>;
using partition_list_ptr =
    owned_ptr<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;
using message_ptr = owned_ptr<rd_kafka_message_t, rd_kafka_message_destroy>;

}  // namespace logpipe::kafka
