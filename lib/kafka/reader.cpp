#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/fetch_waker.hpp>
#include <logpipe/kafka/internal/incoming.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/internal/reader_settings.hpp>
#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/wake_event.hpp>

#include <poll.h>

#include <algorithm>
#include <map>

namespace logpipe::kafka {
namespace {

/// A partition's own queue, and what was taken from it last.
struct lane {
  explicit lane(const reader::options& how) : taken(records_per_take(how), how) {}

  queue_ptr queue;
  incoming taken;
  std::size_t starts = 0;
};

}  // namespace

struct reader::state {
  state(const config& settings, options wanted)
      : how(wanted),
        handle(make_handle(role::consumer, settings, &complaints)),
        news(rd_kafka_queue_get_main(handle.get())),
        queue(rd_kafka_queue_new(handle.get())),
        waker(settings, wake_interval(how)),
        taken(how.lanes ? 0 : records_per_take(how), how) {
    wake.attach(news.get());
    wake.attach(queue.get());
  }

  options how;
  wake_event wake;  // outlives the handle, whose threads write to it
  std::vector<complaint> complaints;
  handle_ptr handle;
  queue_ptr news;   // errors and logs
  queue_ptr queue;  // the records of all partitions, but for lanes
  fetch_waker waker;
  std::map<std::string, topic_ptr> topics;
  std::vector<std::pair<std::string, std::int32_t>> started;
  std::map<std::string, std::map<std::int32_t, lane>> lanes;

  // The batch that was handed out last.
  incoming taken;
  std::vector<partition_event> events;
  std::vector<notice> notices;

  rd_kafka_topic_t* topic(const std::string& name);
  rd_kafka_queue_t* queue_for(const std::string& topic, std::int32_t partition);
  bool empty() const { return taken.records().empty() && events.empty() && notices.empty(); }
  void take();
  void add_complaints();
};

rd_kafka_topic_t* reader::state::topic(const std::string& name) {
  auto& entry = topics[name];
  if (!entry) entry.reset(rd_kafka_topic_new(handle.get(), name.c_str(), nullptr));
  if (!entry) throw kafka_error(rd_kafka_last_error(), "topic " + name);
  return entry.get();
}

rd_kafka_queue_t* reader::state::queue_for(const std::string& topic, std::int32_t partition) {
  if (!how.lanes) return queue.get();
  auto& to = lanes[topic].try_emplace(partition, how).first->second;
  to.queue.reset(rd_kafka_queue_new(handle.get()));
  wake.attach(to.queue.get());
  ++to.starts;
  return to.queue.get();
}

void reader::state::take() {
  notices.clear();
  wake.drain();
  while (const event_ptr event{rd_kafka_queue_poll(news.get(), 0)}) {
    if (auto heard = notice_of(handle.get(), event.get())) notices.push_back(std::move(*heard));
  }
  const auto volume = taken.take(queue.get());
  events.assign(taken.events().begin(), taken.events().end());
  if (taken.full() && !how.lanes) wake.signal();
  if (!how.lanes) waker.taken(handle.get(), volume, clock::now());
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

reader::reader(const config& settings, options how)
    : m_state(std::make_unique<state>(reader_settings(settings, how), how)) {}

reader::~reader() {
  for (const auto& [topic, partition] : m_state->started) {
    rd_kafka_consume_stop(m_state->topics.at(topic).get(), partition);
  }
}

void reader::start(const std::string& topic, std::int32_t partition, std::int64_t offset) {
  auto* local = m_state->topic(topic);
  if (rd_kafka_consume_start_queue(local, partition, offset,
                                   m_state->queue_for(topic, partition)) != 0) {
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
  return {s.taken.records(), s.events, s.notices};
}

reader::batch reader::read_lane(const std::string& topic, std::int32_t partition) {
  auto& from = m_state->lanes.at(topic).at(partition);
  const auto volume = from.taken.take(from.queue.get());
  m_state->waker.taken(m_state->handle.get(), volume, clock::now());
  return {from.taken.records(), from.taken.events(), {}};
}

std::size_t reader::starts_of_lane(const std::string& topic, std::int32_t partition) const {
  const auto found = m_state->lanes.find(topic);
  if (found == m_state->lanes.end()) return 0;
  const auto of_partition = found->second.find(partition);
  return of_partition == found->second.end() ? 0 : of_partition->second.starts;
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
