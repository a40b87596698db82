#include <logpipe/kafka/internal/incoming.hpp>

namespace logpipe::kafka {
namespace {

/// What a record weighs in a queue beside its bytes.
constexpr std::size_t weight_of_a_record = 64;

bytes bytes_of(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string_view(static_cast<const char*>(data), size);
}

timestamp_kind kind_of(rd_kafka_timestamp_type_t type) {
  switch (type) {
    case RD_KAFKA_TIMESTAMP_CREATE_TIME:
      return timestamp_kind::create;
    case RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME:
      return timestamp_kind::append;
    default:
      return timestamp_kind::none;
  }
}

partition_event event_of(const rd_kafka_message_t& message) {
  using kind = partition_event::kind;
  const auto what = message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF       ? kind::end
                    : message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ? kind::out_of_range
                                                                          : kind::failed;
  return {what, message.rkt != nullptr ? rd_kafka_topic_name(message.rkt) : "", message.partition,
          message.offset, what == kind::end ? 0 : message.err};
}

}  // namespace

incoming::incoming(std::size_t most, const reader::options& how)
    : m_with_headers(how.headers), m_with_brokers(how.brokers), m_taken(most) {
  m_records.reserve(most);
}

std::size_t incoming::take(rd_kafka_queue_t* queue) {
  m_records.clear();
  m_events.clear();
  m_headers.clear();
  m_header_ends.clear();
  m_taken.take(queue);
  std::size_t volume = 0;
  const rd_kafka_topic_t* known = nullptr;
  std::string_view name;
  for (const auto* message : m_taken.messages()) {
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      m_events.push_back(event_of(*message));
      continue;
    }
    if (message->rkt != known) {
      known = message->rkt;
      name = rd_kafka_topic_name(known);
    }
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    const auto timestamp = rd_kafka_message_timestamp(message, &type);
    m_records.push_back({.topic = name,
                         .partition = message->partition,
                         .offset = message->offset,
                         .timestamp = timestamp,
                         .kind = kind_of(type),
                         .key = bytes_of(message->key, message->key_len),
                         .value = bytes_of(message->payload, message->len),
                         .headers = {}});
    volume += message->len + message->key_len + weight_of_a_record;
    if (m_with_headers) collect_headers(*message);
    if (m_with_brokers) m_records.back().broker = rd_kafka_message_broker_id(message);
  }
  if (m_with_headers) assign_headers();
  return volume;
}

void incoming::collect_headers(const rd_kafka_message_t& message) {
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      m_headers.push_back({name, bytes_of(value, size)});
    }
  }
  m_header_ends.push_back(m_headers.size());
}

// Once they are all there and do not move any more.
void incoming::assign_headers() {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < m_records.size(); ++i) {
    m_records[i].headers = std::span(m_headers).subspan(begin, m_header_ends[i] - begin);
    begin = m_header_ends[i];
  }
}

}  // namespace logpipe::kafka
