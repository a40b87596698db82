#include <logpipe/ship/shipper.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace logpipe::ship {
namespace {

constexpr milliseconds take_back_interval{1};

}  // namespace

shipper::shipper(options how, sender_factory make_sender, observer tell)
    : m_make_sender(std::move(make_sender)),
      m_tell(std::move(tell)),
      m_intake(how.memory,
               [this](follow::source_id source, bool wanted) {
                 m_tell(reading{source, wanted});
               }),
      m_shipments(m_intake.memory(), how.moves),
      m_destinations(how.routing, std::move(how.host), static_cast<bool>(how.rejected), m_intake),
      m_refusals(std::move(how.rejected)),
      m_sender(m_make_sender()) {}

kafka::topic_id shipper::add_topic(const std::string& name) {
  m_destinations.add_topic(name);
  return m_sender->add_topic(name);
}

void shipper::partitions_counted(kafka::topic_id topic, std::int32_t partitions) {
  auto& counted = m_destinations.topic_of(topic);
  const auto before = std::exchange(counted.partitions_now, partitions);
  m_destinations.count_partitions(counted, partitions);
  if (before > 0 && before != partitions) {
    m_tell(partitions_changed{counted.name(), before, partitions});
  }
}

void shipper::add_source(follow::source_id source, kafka::topic_id topic, const std::string& path) {
  m_destinations.add_source(source, m_destinations.topic_of(topic), path);
}

// The hot path of logtail: a chunk's lines go to the sender as they are; what is kept of them is
// one batch. scripts/bench holds what a line costs.
void shipper::ship(parcel& content, time_point now) {
  m_now = now;
  const auto& going = m_destinations.of(content.chunk.source);
  if (!content.chunk.lines.empty()) choose_partitions(content, going);
  shipment* const made = m_shipments.keep(content, now);
  if (made == nullptr) return;
  if (made->content.records.empty()) {
    send_lines(*made, content.chunk.lines, going.to->at(m_partitions.front()));
  } else {
    send_records(*made, *going.to);
  }
}

void shipper::choose_partitions(const parcel& content, const destination_of_source& going) {
  if (going.partition) {
    m_partitions.assign(1, *going.partition);
  } else {
    const auto takes = [&](std::int32_t partition) {
      return m_intake.takes(*going.to, partition, m_now);
    };
    going.to->route->assign(content, takes, m_partitions);
  }
}

void shipper::send_lines(shipment& from, const std::vector<std::string_view>& lines, outlet& to) {
  batch& added = m_shipments.add_batch(from, to, lines.size());
  to.way.send(*m_sender, added, lines, m_refusals.undecided());
  sent(to);
}

void shipper::send_records(shipment& from, topic& to) {
  auto& records = from.content.records;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto partition = m_partitions.size() == 1 ? m_partitions.front() : m_partitions[i];
    m_by_partition[partition].push_back(&records[i]);
  }
  for (auto& [partition, sorted] : m_by_partition) {
    if (!sorted.empty()) send_records(from, to.at(partition), sorted);
    sorted.clear();
  }
}

void shipper::send_records(shipment& from, outlet& to,
                           const std::vector<kafka::outgoing_record*>& records) {
  batch& added = m_shipments.add_batch(from, to, records);
  if (to.partition != router::nowhere) {
    to.way.send(*m_sender, added, records, m_refusals.undecided());
    sent(to);
    return;
  }
  for (const auto* record : records) {
    m_refusals.undecided().push_back(
        {{&added, from.line_of(*record), record}, kafka::no_such_partition});
  }
}

void shipper::sent(outlet& to) {
  if (!to.way.flowing()) list(to);
  m_intake.memory().used(&to, m_now);
  m_intake.close(to, m_now);
}

void shipper::list(outlet& troubled) {
  if (std::exchange(troubled.listed, true)) return;
  m_troubled.push_back(&troubled);
}

void shipper::serve(milliseconds wait, time_point now) {
  m_now = now;
  m_last_refused = nullptr;
  m_sender->serve(*this, wait);
  if (!m_fatal.empty()) replace_sender();
  if (!m_outdated || refit_sender()) advance();
  pass_over();
  m_intake.open(now);
}

void shipper::advance() {
  for (outlet* each : m_troubled) {
    each->way.advance(*m_sender, m_now, m_refusals.undecided());
    tell_whether_held(*each);
    each->listed = !each->way.flowing();
  }
  m_troubled.erase(std::remove_if(m_troubled.begin(), m_troubled.end(),
                                  [](const outlet* each) { return !each->listed; }),
                   m_troubled.end());
}

void shipper::tell_whether_held(outlet& of) {
  const bool resting = of.way.next_try().has_value();
  if (resting && !of.told_held) m_tell(held{of.of->name(), of.partition, of.way.trouble()});
  if (of.way.flowing() && of.told_held) m_tell(resumed{of.of->name(), of.partition});
  of.told_held = resting || (of.told_held && !of.way.flowing());
}

void shipper::delivered(void* tag, std::size_t count) {
  batch& of = *static_cast<batch*>(tag);
  of.to->way.delivered(count);
  m_counters.delivered += count;
  m_last_acknowledgement = m_now;
  m_shipments.finish(of, count);
}

void shipper::failed(void* tag, std::string_view payload, kafka::error_code error) {
  report({static_cast<batch*>(tag), payload}, error);
}

void shipper::failed(const kafka::outgoing_record& record, kafka::error_code error) {
  auto& from = *static_cast<batch*>(record.tag);
  report({&from, from.of->line_of(record), &record}, error);
}

void shipper::report(const pending_record& record, kafka::error_code error) {
  outlet& of = *record.from->to;
  const auto kind = kafka::classify(error);
  const bool too_large = kind == kafka::failure::too_large;
  const bool refused = (too_large || kind == kafka::failure::invalid) && !of.way.resending();
  if (refused && std::exchange(m_last_refused, record.from) == record.from) {
    if (!m_outdated) m_outdated.emplace();
    m_too_large = m_too_large || too_large;
  }
  if (kind == kafka::failure::fatal && m_fatal.empty()) m_fatal = kafka::text_of(error);
  of.way.failed(record, error, m_refusals.undecided());
  list(of);
}

void shipper::heard(const kafka::notice& notice) {
  if (notice.what == kafka::notice::kind::fatal) {
    m_fatal = notice.text;
  } else {
    m_tell(notice);
  }
}

void shipper::pass_over() {
  for (const refused_record& each : m_refusals.decide(m_now)) {
    const auto told = describe(each);
    m_tell(passed_over{told.source, told.generation, told.offset, told.size,
                       std::string(told.topic), told.partition, told.error,
                       m_refusals.has_handler()});
    ++m_counters.passed_over;
    m_shipments.finish(*each.record.from, 1);
  }
}

/// Every record that the lost sender held comes back as failed, into its lane, and goes to the new
/// one in its order.
void shipper::replace_sender() {
  const std::string reason = std::exchange(m_fatal, {});
  m_sender->purge();
  while (m_sender->in_flight() > 0) {
    m_sender->serve(*this, milliseconds(100));
  }
  m_fatal.clear();  // the old sender's last words
  m_outdated.reset();
  m_too_large = false;
  std::size_t again = 0;
  for (const outlet* each : m_troubled) {
    again += each->way.waiting();
  }
  m_sender = m_make_sender();
  m_destinations.tell(*m_sender);
  m_tell(sender_replaced{reason, again});
}

/// A refused batch is followed by what is queued behind it, which must not overtake it: everything
/// is held and taken back, again and again, as librdkafka queues anew what a broker refused for its
/// place in the sequence. True when a new sender is there.
bool shipper::refit_sender() {
  m_destinations.for_each_outlet([this](outlet& each) {
    each.way.hold();
    list(each);
  });
  m_sender->take_back();
  if (m_sender->in_flight() > 0) {
    m_outdated = m_now + take_back_interval;
    return false;
  }
  m_outdated.reset();
  m_sender = m_make_sender();
  m_destinations.tell(*m_sender);
  if (std::exchange(m_too_large, false)) {
    m_destinations.for_each_outlet([](outlet& each) { each.way.sender_refitted(); });
    m_tell(sender_refitted{});
  }
  return true;
}

std::size_t shipper::stuck() const {
  std::size_t records = m_refusals.waiting();
  for (const outlet* each : m_troubled) {
    records += each->way.waiting();
  }
  return records;
}

shipper::counters shipper::counted() const {
  counters now = m_counters;
  now.bytes = m_shipments.bytes_finished();
  now.refused = now.passed_over + m_refusals.waiting();
  m_destinations.for_each_outlet(
      [&](const outlet& each) { now.sent_again += each.way.sent_again(); });
  return now;
}

std::optional<time_point> shipper::next_try(time_point now) const {
  std::optional<time_point> first = m_outdated;
  const auto consider = [&first](std::optional<time_point> due) {
    if (due && (!first || *due < *first)) first = due;
  };
  for (const outlet* each : m_troubled) {
    consider(each->way.next_try());
  }
  consider(m_refusals.due());
  consider(m_intake.next_change(now));
  return first;
}

}  // namespace logpipe::ship
