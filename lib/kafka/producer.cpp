#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/producer.hpp>

#include <algorithm>
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
  // The caller bounds what is in flight.
  complete.set_default("queue.buffering.max.messages", "0");
  complete.set_default("queue.buffering.max.kbytes", "2147483647");
  return complete;
}

void* mutable_data(std::string_view text) {
  // An empty value is not a null one, so it needs an address. librdkafka's C interface has no
  // const; without F_FREE it does not write there.
  static constexpr char nothing = '\0';
  const char* data = text.data() != nullptr ? text.data() : &nothing;
  return const_cast<char*>(data);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

}  // namespace

bool weakens_delivery(const config& settings) {
  const auto acks = settings.get("acks").value_or("all");
  return acks != "all" && acks != "-1";
}

void producer::event_deleter::operator()(rd_kafka_op_s* event) const noexcept {
  rd_kafka_event_destroy(event);
}

producer::producer(const config& settings, const std::string& topic)
    : m_handle(make_handle(role::producer, producer_settings(settings))),
      m_topic(rd_kafka_topic_new(m_handle.get(), topic.c_str(), nullptr)),
      m_queue(rd_kafka_queue_get_main(m_handle.get())),
      m_messages(most_per_call) {
  if (!m_topic) throw kafka_error(rd_kafka_last_error(), "topic " + topic);
  m_wake.attach(m_queue.get());
}

producer::~producer() = default;

std::size_t producer::send(std::int32_t partition, std::span<const std::string_view> payloads,
                           bytes key, void* tag, std::vector<refusal>& refused) {
  refused.clear();
  std::size_t taken = 0;
  for (std::size_t first = 0; first < payloads.size(); first += most_per_call) {
    const auto part = payloads.subspan(first, std::min(most_per_call, payloads.size() - first));
    auto* message = m_messages.data();
    for (const std::string_view payload : part) {
      message->payload = mutable_data(payload);
      message->len = payload.size();
      message->key = key ? mutable_data(*key) : nullptr;
      message->key_len = key ? key->size() : 0;
      message->_private = tag;
      ++message;
    }
    taken += send_part(partition, part.size(), first, refused);
  }
  return taken;
}

std::size_t producer::send_part(std::int32_t partition, std::size_t count, std::size_t first,
                                std::vector<refusal>& refused) {
  const auto taken = static_cast<std::size_t>(rd_kafka_produce_batch(
      m_topic.get(), partition, 0, m_messages.data(), static_cast<int>(count)));
  m_in_flight += taken;
  for (std::size_t i = 0; taken < count && i < count; ++i) {
    if (m_messages[i].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      refused.push_back({first + i, m_messages[i].err});
    }
  }
  return taken;
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
    if (delivered && (count == 0 || m_next->_private == tag)) {
      tag = std::exchange(m_next, nullptr)->_private;
      ++count;
    } else if (count > 0) {
      tell(sink, tag, std::exchange(count, 0));
    } else {
      const auto& lost = *std::exchange(m_next, nullptr);
      --m_in_flight;
      sink.failed(lost._private, {static_cast<const char*>(lost.payload), lost.len}, lost.err);
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
