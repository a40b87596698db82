#pragma once

#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <optional>

namespace logpipe::kafka {

/// What an ERROR or LOG event says; nothing for events of other types.
std::optional<notice> notice_of(rd_kafka_t* handle, rd_kafka_event_t* event);

}  // namespace logpipe::kafka
