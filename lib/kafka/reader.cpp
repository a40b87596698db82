#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/fetch_waker.hpp>
#include <logpipe/kafka/internal/message_batch.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/wake_event.hpp>

#include <poll.h>

#include <algorithm>
#include <map>

namespace logpipe::kafka {
namespace {

// One take: enough that what is done for each take does not count, few enough to stay in the cache.
constexpr std::size_t most_per_take = 1024;

// Large queues make librdkafka fetch far ahead and then stand still; small ones keep memory bounded
// and, with the fetch_waker, the stream even. 64 KB of each partition and 1 MB of all in one answer
// keep the broker and us busy at the same time.
config reader_settings(const config& settings, const reader::options& how) {
  constexpr std::size_t all_queues = 16384;  // KB
  constexpr std::size_t largest_queue = 4096;
  constexpr std::size_t smallest_queue = 64;
  const auto queue = std::clamp(all_queues / std::max<std::size_t>(how.partitions, 1),
                                smallest_queue, largest_queue);
  config complete = settings;
  complete.set_default("queued.max.messages.kbytes", std::to_string(queue));
  complete.set_default("fetch.message.max.bytes", "65536");
  // librdkafka refuses a fetch.max.bytes below message.max.bytes.
  complete.set_default("fetch.max.bytes", settings.get("message.max.bytes").value_or("1000000"));
  complete.set_default("fetch.error.backoff.ms", "50");
  if (how.bounded) complete.set_default("fetch.wait.max.ms", "10");
  complete.force("isolation.level", how.isolation == isolation_level::committed
                                        ? "read_committed"
                                        : "read_uncommitted");
  // An offset never jumps silently, and every end is told.
  complete.force("auto.offset.reset", "error");
  complete.force("enable.partition.eof", "true");
  // No group, so nothing to store or commit.
  complete.force("enable.auto.offset.store", "false");
  complete.force("auto.commit.enable", "false");
  return complete;
}

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

struct reader::state {
  state(const config& settings, options how)
      : with_headers(how.headers),
        handle(make_handle(role::consumer, settings, &complaints)),
        news(rd_kafka_queue_get_main(handle.get())),
        queue(rd_kafka_queue_new(handle.get())),
        waker(settings),
        taken(most_per_take) {
    wake.attach(news.get());
    wake.attach(queue.get());
    records.reserve(most_per_take);
  }

  bool with_headers;
  wake_event wake;  // outlives the handle, whose threads write to it
  std::vector<complaint> complaints;
  handle_ptr handle;
  queue_ptr news;   // errors and logs
  queue_ptr queue;  // the records of all partitions
  fetch_waker waker;
  std::map<std::string, topic_ptr> topics;
  std::vector<std::pair<std::string, std::int32_t>> started;

  // The batch that was handed out last.
  message_batch taken;
  std::vector<record> records;
  std::vector<header> headers;
  std::vector<std::size_t> header_ends;  // of each record, in `headers`
  std::vector<partition_event> events;
  std::vector<notice> notices;

  rd_kafka_topic_t* topic(const std::string& name);
  bool empty() const { return records.empty() && events.empty() && notices.empty(); }
  void take();
  std::size_t translate();
  void add_complaints();
  void collect_headers(const rd_kafka_message_t& message);
  void assign_headers();
};

rd_kafka_topic_t* reader::state::topic(const std::string& name) {
  auto& entry = topics[name];
  if (!entry) entry.reset(rd_kafka_topic_new(handle.get(), name.c_str(), nullptr));
  if (!entry) throw kafka_error(rd_kafka_last_error(), "topic " + name);
  return entry.get();
}

void reader::state::take() {
  notices.clear();
  wake.drain();
  while (const event_ptr event{rd_kafka_queue_poll(news.get(), 0)}) {
    if (auto heard = notice_of(handle.get(), event.get())) notices.push_back(std::move(*heard));
  }
  taken.take(queue.get());
  if (taken.full()) wake.signal();
  waker.taken(handle.get(), translate(), clock::now());
  if (!complaints.empty()) add_complaints();
}

// A deleted topic is heard of in this way alone.
void reader::state::add_complaints() {
  for (const auto& [code, text] : complaints) {
    for (const auto& [topic, partition] : started) {
      if (!text.starts_with(topic + " [" + std::to_string(partition) + "]: ")) continue;
      events.push_back({partition_event::kind::failed, topic, partition, -1, code});
    }
  }
  complaints.clear();
}

// Hot path: nothing is allocated or copied for a record, only views are set. Returns the records'
// volume for the fetch_waker, to which an empty record counts too.
std::size_t reader::state::translate() {
  records.clear();
  events.clear();
  headers.clear();
  header_ends.clear();
  std::size_t volume = 0;
  const rd_kafka_topic_t* known = nullptr;
  std::string_view name;
  for (const auto* message : taken.messages()) {
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      events.push_back(event_of(*message));
      continue;
    }
    if (message->rkt != known) {
      known = message->rkt;
      name = rd_kafka_topic_name(known);
    }
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    const auto timestamp = rd_kafka_message_timestamp(message, &type);
    records.push_back({.topic = name,
                       .partition = message->partition,
                       .offset = message->offset,
                       .timestamp = timestamp,
                       .kind = kind_of(type),
                       .key = bytes_of(message->key, message->key_len),
                       .value = bytes_of(message->payload, message->len),
                       .headers = {}});
    volume += message->len + message->key_len + 1;
    if (with_headers) collect_headers(*message);
  }
  if (with_headers) assign_headers();
  return volume;
}

void reader::state::collect_headers(const rd_kafka_message_t& message) {
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      headers.push_back({name, bytes_of(value, size)});
    }
  }
  header_ends.push_back(headers.size());
}

// Once they are all there and do not move any more.
void reader::state::assign_headers() {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].headers = std::span(headers).subspan(begin, header_ends[i] - begin);
    begin = header_ends[i];
  }
}

reader::reader(const config& settings, options how)
    : m_state(std::make_unique<state>(reader_settings(settings, how), how)) {}

reader::~reader() {
  for (const auto& [topic, partition] : m_state->started) {
    rd_kafka_consume_stop(m_state->topics.at(topic).get(), partition);
  }
}

void reader::start(const std::string& topic, std::int32_t partition, std::int64_t offset) {
  auto* local = m_state->topic(topic);
  if (rd_kafka_consume_start_queue(local, partition, offset, m_state->queue.get()) != 0) {
    throw kafka_error(rd_kafka_last_error(),
                      "reading " + topic + " [" + std::to_string(partition) + "]");
  }
  m_state->started.emplace_back(topic, partition);
}

void reader::stop(const std::string& topic, std::int32_t partition) {
  if (std::erase(m_state->started, std::pair(topic, partition)) == 0) return;
  rd_kafka_consume_stop(m_state->topic(topic), partition);
}

reader::batch reader::read(milliseconds wait) {
  auto& s = *m_state;
  const auto deadline = clock::now() + wait;
  for (s.take(); s.empty(); s.take()) {
    const int left = milliseconds_until(deadline, clock::now());
    if (left == 0) break;
    pollfd readable{s.wake.descriptor(), POLLIN, 0};
    if (poll(&readable, 1, left) < 0) break;  // a signal: the caller wants to see it
  }
  return {s.records, s.events, s.notices};
}

std::int64_t reader::position(const std::string& topic, std::int32_t partition) const {
  const partition_list_ptr list(rd_kafka_topic_partition_list_new(1));
  auto* asked = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  rd_kafka_position(m_state->handle.get(), list.get());
  return asked->err == RD_KAFKA_RESP_ERR_NO_ERROR && asked->offset >= 0 ? asked->offset : -1;
}

std::int64_t reader::high_watermark(const std::string& topic, std::int32_t partition) const {
  std::int64_t low = -1;
  std::int64_t high = -1;
  const auto error =
      rd_kafka_get_watermark_offsets(m_state->handle.get(), topic.c_str(), partition, &low, &high);
  return error == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : -1;
}

int reader::wake_fd() const noexcept {
  return m_state->wake.descriptor();
}
rd_kafka_s* reader::handle() const noexcept {
  return m_state->handle.get();
}

}  // namespace logpipe::kafka
