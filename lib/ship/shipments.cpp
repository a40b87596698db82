#include <logpipe/ship/shipments.hpp>
#include <logpipe/ship/topic.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::ship {
namespace {

/// What librdkafka needs for a record beside its bytes (measured).
constexpr std::size_t record_overhead = 200;
/// What a header costs beside its text, there and on our side.
constexpr std::size_t header_overhead = 96;

/// What a full record takes beside its line in the chunk, bytes.
std::size_t cost_of(const kafka::outgoing_record& record) {
  std::size_t cost = record_overhead + sizeof(record) + sizeof(std::string_view);
  // Values and keys may stand in a memory of their own, and librdkafka copies the key.
  cost += record.value ? record.value->size() : 0;
  cost += record.key ? 2 * record.key->size() : 0;
  for (const header& each : record.headers) {
    cost += header_overhead + 2 * (each.name.size() + (each.value ? each.value->size() : 0));
  }
  return cost;
}

parcel take(parcel& content) {
  parcel taken;
  taken.chunk.source = content.chunk.source;
  taken.chunk.generation = content.chunk.generation;
  taken.chunk.memory = std::move(content.chunk.memory);
  taken.chunk.base = content.chunk.base;
  taken.chunk.begin = content.chunk.begin;
  taken.chunk.end = content.chunk.end;
  taken.key = content.key;
  taken.store = std::move(content.store);
  if (!content.records.empty()) {
    taken.chunk.lines = std::move(content.chunk.lines);
    taken.records = std::move(content.records);
    taken.partitions = std::move(content.partitions);
  }
  return taken;
}

}  // namespace

shipment* shipments::keep(parcel& content, time_point now) {
  const follow::chunk& chunk = content.chunk;
  // What stands before a beginning is known to whoever keeps positions.
  m_ledger.begin(chunk.generation, {.offset = chunk.begin, .before = {}});
  for (const follow::extent& each : chunk.also) {
    m_ledger.begin(each.generation, {.offset = each.begin, .before = {}});
  }
  const follow::bookmark end{.offset = chunk.end, .before = chunk.before_end};
  const auto id = m_ledger.add(chunk.generation, end, chunk.lines.size(), chunk.also);
  if (chunk.lines.empty()) {
    m_bytes_finished += chunk.end - chunk.begin;
    return nullptr;
  }
  m_bytes_unfinished += chunk.end - chunk.begin;
  const std::size_t shared_cost = chunk.end - chunk.base;
  m_shipments.push_back({take(content), id, now, shared_cost, nullptr, {}, 0, {}});
  shipment& added = m_shipments.back();
  added.self = std::prev(m_shipments.end());
  return &added;
}

batch& shipments::add_batch(shipment& to, outlet& where, std::size_t lines) {
  return add(to, where, lines, lines * record_overhead);
}

batch& shipments::add_batch(shipment& to, outlet& where,
                            const std::vector<kafka::outgoing_record*>& records) {
  std::size_t cost = 0;
  for (const auto* record : records) {
    cost += cost_of(*record);
  }
  batch& added = add(to, where, records.size(), cost);
  for (auto* record : records) {
    record->tag = &added;
  }
  return added;
}

batch& shipments::add(shipment& to, outlet& where, std::size_t records, std::size_t cost) {
  to.batches.push_back({&to, &where, records, cost});
  ++to.left;
  batch& added = to.batches.back();
  m_memory.take(where.taken, cost);
  if (to.payer == nullptr) {
    to.payer = &added;
    m_memory.take(where.taken, to.shared_cost);
  }
  return added;
}

void shipments::finish(batch& of, std::size_t records) {
  shipment& whole = *of.of;
  m_ledger.finish(whole.content.chunk.generation, whole.id, records);
  of.left -= records;
  if (of.left > 0) return;
  m_memory.give_back(of.to->taken, of.cost);
  if (--whole.left == 0) {
    let_go(whole);
  } else if (whole.payer == &of) {
    pass_on_cost(whole);
  }
}

/// What keeps the memory pays for it: a partition that does not move is not to hold chunks on the
/// account of others.
void shipments::pass_on_cost(shipment& of) {
  m_memory.give_back(of.payer->to->taken, of.shared_cost);
  of.payer = &*std::find_if(of.batches.begin(), of.batches.end(),
                            [](const batch& each) { return each.left > 0; });
  m_memory.take(of.payer->to->taken, of.shared_cost);
}

void shipments::let_go(shipment& done) {
  m_memory.give_back(done.payer->to->taken, done.shared_cost);
  const std::uint64_t bytes = done.content.chunk.end - done.content.chunk.begin;
  m_bytes_finished += bytes;
  m_bytes_unfinished -= bytes;
  m_shipments.erase(done.self);
}

std::optional<time_point> shipments::oldest() const {
  if (m_shipments.empty()) return std::nullopt;
  return m_shipments.front().since;
}

}  // namespace logpipe::ship
