#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/outgoing.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/producer.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace logpipe::kafka {
namespace {

// One call of rd_kafka_produce_batch: large enough that its locks do not count, small enough that
// the array stays in the L2 cache.
constexpr std::size_t most_per_call = 1024;

config producer_settings(const config& settings) {
  config complete = settings;
  complete.force("message.timeout.ms", "0");
  complete.force("enable.idempotence", weakens_delivery(settings) ? "false" : "true");
  complete.set_default("acks", "all");
  complete.set_default("linger.ms", "1");
  // A missing topic holds its records this long before they are reported: brokers that make topics
  // by themselves say "unknown" at first.
  complete.set_default("topic.metadata.propagation.max.ms", "2000");
  // The caller bounds what is in flight.
  complete.set_default("queue.buffering.max.messages", "0");
  complete.set_default("queue.buffering.max.kbytes", "2147483647");
  return complete;
}

// To librdkafka 0 means now, so the epoch itself cannot be sent: it becomes the
// millisecond behind it, which is as old.
std::int64_t librdkafka_timestamp(std::int64_t timestamp) {
  if (timestamp < 0) return 0;
  return std::max<std::int64_t>(timestamp, 1);
}

}  // namespace

bool weakens_delivery(const config& settings) {
  const auto acks = settings.get("acks").value_or("all");
  return acks != "all" && acks != "-1";
}

void producer::event_deleter::operator()(rd_kafka_op_s* event) const noexcept {
  rd_kafka_event_destroy(event);
}

producer::producer(const config& settings)
    : m_handle(make_handle(role::producer, producer_settings(settings))),
      m_queue(rd_kafka_queue_get_main(m_handle.get())),
      m_messages(most_per_call) {
  m_wake.attach(m_queue.get());
}

producer::~producer() = default;

topic_id producer::add_topic(const std::string& name) {
  topic_ptr topic(rd_kafka_topic_new(m_handle.get(), name.c_str(), nullptr));
  if (!topic) throw kafka_error(rd_kafka_last_error(), "topic " + name);
  m_topics.push_back(std::move(topic));
  return static_cast<topic_id>(m_topics.size() - 1);
}

std::size_t producer::send(destination to, std::span<const std::string_view> payloads, bytes key,
                           void* tag, std::vector<refusal>& refused) {
  refused.clear();
  std::size_t taken = 0;
  for (std::size_t first = 0; first < payloads.size(); first += most_per_call) {
    const auto part = payloads.subspan(first, std::min(most_per_call, payloads.size() - first));
    auto* message = m_messages.data();
    for (const std::string_view payload : part) {
      message->payload = mutable_data(payload);
      message->len = payload.size();
      message->key = data_of(key);
      message->key_len = size_of(key);
      message->_private = tag;
      ++message;
    }
    taken += send_part(to, part.size(), first, refused);
  }
  return taken;
}

// rd_kafka_produce_batch() takes no headers and no timestamp; a run of records without them goes
// through it all the same.
std::size_t producer::send(destination to, std::span<const outgoing_record* const> records,
                           std::vector<refusal>& refused) {
  refused.clear();
  std::size_t taken = 0;
  for (std::size_t next = 0; next < records.size();) {
    const std::size_t first = next;
    while (next < records.size() && next - first < most_per_call && is_plain(*records[next])) {
      fill(m_messages[next - first], *records[next]);
      ++next;
    }
    if (next > first) {
      taken += send_part(to, next - first, first, refused);
    } else {
      const error_code error = send_one(to, *records[next]);
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
        ++taken;
      } else {
        refused.push_back({next, error});
      }
      ++next;
    }
  }
  return taken;
}

std::size_t producer::send_part(destination to, std::size_t count, std::size_t first,
                                std::vector<refusal>& refused) {
  const auto taken = static_cast<std::size_t>(rd_kafka_produce_batch(
      m_topics[to.topic].get(), to.partition, 0, m_messages.data(), static_cast<int>(count)));
  m_in_flight += taken;
  for (std::size_t i = 0; taken < count && i < count; ++i) {
    if (m_messages[i].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      refused.push_back({first + i, m_messages[i].err});
    }
  }
  return taken;
}

error_code producer::send_one(destination to, const outgoing_record& record) {
  headers_ptr headers = headers_of(record);
  std::array<rd_kafka_vu_t, 7> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_RKT;
  parts[0].u.rkt = m_topics[to.topic].get();
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = to.partition;
  parts[2].vtype = RD_KAFKA_VTYPE_VALUE;
  parts[2].u.mem = {data_of(record.value), size_of(record.value)};
  parts[3].vtype = RD_KAFKA_VTYPE_KEY;
  parts[3].u.mem = {data_of(record.key), size_of(record.key)};
  parts[4].vtype = RD_KAFKA_VTYPE_OPAQUE;
  parts[4].u.ptr = marked(record);
  parts[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  parts[5].u.i64 = librdkafka_timestamp(record.timestamp);
  parts[6].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[6].u.headers = headers.get();
  const error_ptr error(rd_kafka_produceva(m_handle.get(), parts.data(), parts.size()));
  if (error) return rd_kafka_error_code(error.get());
  static_cast<void>(headers.release());  // the message owns them now
  ++m_in_flight;
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void producer::serve(delivery_sink& sink, milliseconds wait) {
  m_wake.drain();
  if (m_reports) report(sink);
  auto timeout = static_cast<int>(wait.count());
  while (event_ptr event{rd_kafka_queue_poll(m_queue.get(), timeout)}) {
    timeout = 0;
    if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_DR) {
      m_reports.reset(event.release());
      report(sink);
    } else if (const auto notice = notice_of(m_handle.get(), event.get())) {
      sink.heard(*notice);
    }
  }
}

// Neighbours of one batch are told together: a batch of thousands costs a few calls. A message that
// ends a run is looked at again after the run was told, so that a sink that throws loses none.
void producer::report(delivery_sink& sink) {
  void* tag = nullptr;
  std::size_t count = 0;
  while (m_next != nullptr || (m_next = rd_kafka_event_message_next(m_reports.get())) != nullptr) {
    const bool delivered = m_next->err == RD_KAFKA_RESP_ERR_NO_ERROR;
    void* const tag_of_next = tag_of(*m_next);
    if (delivered && (count == 0 || tag_of_next == tag)) {
      tag = tag_of_next;
      m_next = nullptr;
      ++count;
    } else if (count > 0) {
      tell(sink, tag, std::exchange(count, 0));
    } else {
      const auto& lost = *std::exchange(m_next, nullptr);
      --m_in_flight;
      if (const auto* record = full_record(lost)) {
        sink.failed(*record, lost.err);
      } else {
        sink.failed(lost._private, {static_cast<const char*>(lost.payload), lost.len}, lost.err);
      }
    }
  }
  if (count > 0) tell(sink, tag, count);
  m_reports.reset();
}

void producer::tell(delivery_sink& sink, void* tag, std::size_t count) {
  m_in_flight -= count;
  sink.delivered(tag, count);
}

void producer::purge() {
  rd_kafka_purge(m_handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

void producer::take_back() {
  rd_kafka_purge(m_handle.get(), RD_KAFKA_PURGE_F_QUEUE);
}

}  // namespace logpipe::kafka
