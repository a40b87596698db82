#include <logpipe/ship/shipper.hpp>

#include <chrono>
#include <utility>

namespace logpipe::ship {
namespace {

constexpr milliseconds take_back_interval{1};

}  // namespace

shipper::shipper(options how, sender_factory make_sender, observer tell)
    : m_options(how),
      m_make_sender(std::move(make_sender)),
      m_tell(std::move(tell)),
      m_sender(m_make_sender()) {}

// The hot path of logtail: a chunk's lines go to the sender as they are; what is kept of them is
// one batch. scripts/bench holds what a line costs.
void shipper::ship(follow::chunk& chunk, std::int32_t partition) {
  m_ledger.begin(chunk.generation, chunk.begin);
  const std::size_t records = chunk.lines.size();
  const auto id = m_ledger.add(chunk.generation, chunk.end, records);
  if (records == 0) return;

  const std::size_t cost = (chunk.end - chunk.base) + records * record_overhead;
  auto made = std::make_unique<batch>(batch{chunk.source, chunk.generation, id, partition,
                                            std::move(chunk.memory), chunk.base, records, cost});
  batch& added = *made;
  m_batches.emplace(&added, std::move(made));
  m_cost += cost;
  lane_of(partition).send(*m_sender, added, chunk.lines, m_passed_over);
}

void shipper::serve(milliseconds wait, time_point now) {
  m_sender->serve(*this, wait);
  m_last_refused = nullptr;
  if (!m_fatal.empty()) replace_sender();
  if (m_outdated && !refit_sender(now)) return;
  for (std::size_t partition = 0; partition < m_lanes.size(); ++partition) {
    if (m_lanes[partition]) advance(static_cast<std::int32_t>(partition), now);
  }
  for (const pending_record& record : std::exchange(m_passed_over, {})) {
    pass_over(record);
  }
}

void shipper::advance(std::int32_t partition, time_point now) {
  lane& lane = lane_of(partition);
  lane.advance(*m_sender, now, m_passed_over);

  const bool resting = lane.next_try().has_value();
  auto told = m_held[static_cast<std::size_t>(partition)];
  if (resting && !told) m_tell(held{partition, lane.trouble()});
  if (lane.flowing() && told) m_tell(resumed{partition});
  told = resting || (told && !lane.flowing());
}

void shipper::delivered(void* tag, std::size_t count) {
  batch& of = *static_cast<batch*>(tag);
  lane_of(of.partition).delivered(count);
  m_counters.delivered += count;
  finish(of, count);
}

void shipper::failed(void* tag, std::string_view payload, kafka::error_code error) {
  batch& of = *static_cast<batch*>(tag);
  lane& lane = lane_of(of.partition);
  const bool refused = kafka::classify(error) == kafka::failure::too_large && !lane.resending();
  if (refused && std::exchange(m_last_refused, &of) == &of && !m_outdated) m_outdated.emplace();
  if (lane.failed(of, payload, error) == verdict::passed_over) {
    m_passed_over.push_back({&of, payload});
  }
}

void shipper::heard(const kafka::notice& notice) {
  if (notice.what == kafka::notice::kind::fatal) {
    m_fatal = notice.text;
  } else {
    m_tell(notice);
  }
}

void shipper::pass_over(const pending_record& record) {
  batch& of = *record.from;
  m_tell(passed_over{of.source, of.generation, of.offset_of(record.line), record.line.size()});
  ++m_counters.passed_over;
  finish(of, 1);
}

void shipper::finish(batch& of, std::size_t records) {
  m_ledger.finish(of.generation, of.id, records);
  of.left -= records;
  if (of.left > 0) return;
  m_cost -= of.cost;
  m_batches.erase(&of);
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
  std::size_t again = 0;
  for (const auto& lane : m_lanes) {
    again += lane ? lane->waiting() : 0;
  }
  m_sender = m_make_sender();
  m_tell(sender_replaced{reason, again});
}

/// A refused batch is followed by what is queued behind it, which must not overtake it: everything
/// is held and taken back, again and again, as librdkafka queues anew what a broker refused for its
/// place in the sequence. True when a new sender is there.
bool shipper::refit_sender(time_point now) {
  for (auto& lane : m_lanes) {
    if (lane) lane->hold();
  }
  m_sender->take_back();
  if (m_sender->in_flight() > 0) {
    m_outdated = now + take_back_interval;
    return false;
  }
  m_outdated.reset();
  m_sender = m_make_sender();
  for (auto& lane : m_lanes) {
    if (lane) lane->sender_refitted();
  }
  m_tell(sender_refitted{});
  return true;
}

lane& shipper::lane_of(std::int32_t partition) {
  const auto index = static_cast<std::size_t>(partition);
  if (index >= m_lanes.size()) {
    m_lanes.resize(index + 1);
    m_held.resize(index + 1);
  }
  if (!m_lanes[index]) m_lanes[index].emplace(partition, m_options.key);
  return *m_lanes[index];
}

std::optional<time_point> shipper::next_try() const {
  std::optional<time_point> first = m_outdated;
  for (const auto& lane : m_lanes) {
    const auto due = lane ? lane->next_try() : std::nullopt;
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

}  // namespace logpipe::ship
