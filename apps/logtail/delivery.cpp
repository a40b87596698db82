#include "delivery.hpp"

#include "common/wait.hpp"
#include "connect.hpp"

#include <utility>

namespace logpipe::logtail {
namespace {

constexpr milliseconds between_tries{1000};
/// It has come with the topics' metadata.
constexpr milliseconds cluster_id_time{100};

record as_record(const ship::rejected_record& rejected) {
  record made;
  made.topic = rejected.topic;
  made.partition = rejected.partition;
  made.offset = -1;
  made.timestamp = rejected.timestamp;
  if (rejected.timestamp >= 0) made.kind = timestamp_kind::create;
  made.key = rejected.key;
  made.value = rejected.value;
  made.headers = rejected.headers;
  return made;
}

}  // namespace

delivery::delivery(surroundings around)
    : m_around(std::move(around)),
      m_sources(m_around.hold),
      m_topics(m_around.of, m_around.out, m_around.brokers),
      m_composer(m_around.of.composition, [this](const ship::invalid_line& line) { note(line); }) {
  if (m_around.of.rejected) m_rejected.emplace(*m_around.of.rejected, m_around.out);
}

void delivery::add_source(follow::source_id source, const std::string& path) {
  const std::size_t topic = m_topics.number_for(path);
  m_sources.add(source, path, topic);
  if (m_around.positions != nullptr) m_around.positions->add_source(path, m_topics.name(topic));
  if (m_shipper) feed(source, path, topic);
}

void delivery::remove_source(follow::source_id source) {
  m_sources.remove(source);
  m_composer.forget(source);
}

void delivery::start(std::unique_ptr<kafka::producer> producer) {
  m_first_producer = std::move(producer);
  ship::shipper::options options{.memory = m_around.of.memory,
                                 .routing = m_around.of.routing,
                                 .host = m_around.of.composition.host,
                                 .rejected = {},
                                 .moves = m_around.positions != nullptr
                                              ? ship::ledger::moves::remembered
                                              : ship::ledger::moves::ignored};
  if (m_rejected) {
    options.rejected = [this](std::span<const ship::rejected_record> all) { return keep(all); };
  }
  m_shipper.emplace(
      std::move(options), [this] { return make_sender(); },
      [this](const ship::event& event) { tell(event); });
  if (m_around.positions != nullptr) {
    m_around.positions->connected(kafka::cluster_id(m_producer->handle(), cluster_id_time),
                                  m_shipper->positions());
  }
  m_sources.for_each([this](follow::source_id source, const std::string& path, std::size_t topic) {
    feed(source, path, topic);
  });
}

std::unique_ptr<kafka::record_sender> delivery::make_sender() {
  auto made = m_first_producer ? std::move(m_first_producer) : make_producer(m_around.of, m_topics);
  m_producer = made.get();
  return made;
}

/// The shipper numbers topics as the book does.
void delivery::feed(follow::source_id source, const std::string& path, std::size_t topic) {
  for (std::size_t next = m_added_topics; next < m_topics.size(); ++next) {
    m_shipper->add_topic(m_topics.name(next));
    if (m_topics.partitions(next) > 0) {
      open(next);
    } else {
      m_sources.close_topic(next);
    }
  }
  m_added_topics = m_topics.size();
  if (m_topics.partitions(topic) == 0) m_sources.close_topic(topic);
  m_shipper->add_source(source, static_cast<kafka::topic_id>(topic), path);
}

void delivery::open(std::size_t topic) {
  m_shipper->partitions_counted(static_cast<kafka::topic_id>(topic), m_topics.partitions(topic));
  m_sources.open_topic(topic);
}

void delivery::ask_topics(time_point now) {
  const auto due = m_topics.next_question();
  if (!due || *due > now || m_around.brokers.in_outage()) return;
  for (const std::size_t topic : m_topics.ask(m_producer->handle(), now)) {
    open(topic);
  }
}

// The hot path of the application: file, lines, records, broker.
void delivery::ship(time_point now) {
  if (m_parcel.chunk.lines.empty()) return;
  m_composer.compose(m_parcel, m_sources.name(m_parcel.chunk.source));
  ship_parcel(now);
}

/// A position moves over a line that is no record only when that is kept.
void delivery::ship_parcel(time_point now) {
  if (!m_invalid.empty()) {
    record as;
    as.topic = m_topics.name(m_sources.topic(m_parcel.chunk.source));
    as.partition = -1;
    as.offset = -1;
    std::vector<record> lines;
    for (const std::string_view line : m_invalid) {
      lines.push_back(as);
      lines.back().value = line;
    }
    m_next_try = now + between_tries;
    if (!m_rejected->append(lines)) return;
    m_invalid.clear();
  }
  hand_over(now);
}

/// When thousands of quiet files get a line in the same instant, a save for each would cost more
/// than all the rest. Parcels that follow one that waits do so too: lines keep their order.
void delivery::hand_over(time_point now) {
  const bool must_wait =
      m_around.positions != nullptr && m_around.positions->about_to_send(m_parcel.chunk, now);
  if (!must_wait && m_waiting.empty()) return m_shipper->ship(m_parcel, now);
  m_waiting_bytes += m_parcel.chunk.end - m_parcel.chunk.base;
  m_waiting.push_back(std::exchange(m_parcel, {}));
  if (m_waiting_bytes >= m_around.of.follow.block_size) flush(now);
}

void delivery::flush(time_point now) {
  if (m_waiting.empty()) return;
  m_around.positions->save_ahead(now);
  for (ship::parcel& each : std::exchange(m_waiting, {})) {
    m_shipper->ship(each, now);
  }
  m_waiting_bytes = 0;
}

void delivery::serve(time_point now) {
  if (!m_invalid.empty() && now >= m_next_try) {
    ship_parcel(now);
    flush(now);
  }
  m_shipper->serve(milliseconds(0), now);
  const auto delivered = m_shipper->delivered_records();
  if (std::exchange(m_delivered_before, delivered) != delivered) m_around.brokers.succeeded();
}

void delivery::finished(follow::generation_id generation) {
  if (m_shipper) m_shipper->finished(generation);
}

std::optional<time_point> delivery::due(time_point now) const {
  // In an outage nobody answers: the next look is that of the watch.
  const auto question = m_around.brokers.in_outage() ? std::nullopt : m_topics.next_question();
  const auto retry = m_invalid.empty() ? std::nullopt : std::optional(m_next_try);
  return app::earlier(app::earlier(m_shipper->next_try(now), question), retry);
}

std::size_t delivery::unfinished() const noexcept {
  return (m_shipper ? m_shipper->unfinished() : 0) + m_invalid.size();
}

bool delivery::is_stuck_for_good(time_point now) const {
  if (m_shipper->unfinished() != m_shipper->stuck()) return false;
  if (m_rejected && m_rejected->is_failing()) return true;
  if (m_shipper->unfinished() == 0) return m_topics.failing() > 0;
  return m_held.any_for_good(now);
}

std::optional<follow::identity> delivery::rejected() const {
  if (!m_rejected) return std::nullopt;
  return m_rejected->identity();
}

bool delivery::keep(std::span<const ship::rejected_record> records) {
  std::vector<record> kept;
  kept.reserve(records.size());
  for (const auto& rejected : records) {
    kept.push_back(as_record(rejected));
  }
  return m_rejected->append(kept);
}

void delivery::refused(follow::source_id source) {
  if (m_around.positions != nullptr) m_around.positions->refused(m_sources.path(source));
}

void delivery::note(const ship::invalid_line& line) {
  refused(line.source);
  m_around.words.tell(line, m_around.name_of(line.generation));
  if (m_rejected) m_invalid.push_back(line.line);
}

void delivery::tell(const ship::event& event) {
  if (const auto* passed = std::get_if<ship::passed_over>(&event)) {
    refused(passed->source);
    m_around.words.tell(*passed, m_around.name_of(passed->generation));
  } else if (const auto* held = std::get_if<ship::held>(&event)) {
    m_held.add(*held, clock::now());
    m_around.words.tell(*held);
  } else if (const auto* resumed = std::get_if<ship::resumed>(&event)) {
    m_held.remove(*resumed);
    m_around.words.tell(*resumed);
  } else if (const auto* reading = std::get_if<ship::reading>(&event)) {
    m_sources.set_wanted(reading->source, reading->wanted);
  } else if (const auto* changed = std::get_if<ship::partitions_changed>(&event)) {
    m_around.words.tell(*changed);
  } else if (const auto* replaced = std::get_if<ship::sender_replaced>(&event)) {
    m_around.words.tell(*replaced);
  } else if (const auto* refitted = std::get_if<ship::sender_refitted>(&event)) {
    m_around.words.tell(*refitted);
  } else if (const auto* notice = std::get_if<kafka::notice>(&event)) {
    m_around.brokers.heard(*notice, clock::now());
  }
}

}  // namespace logpipe::logtail
