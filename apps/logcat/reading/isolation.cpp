#include "isolation.hpp"

#include "logcat/selection/lookup.hpp"

#include <logpipe/kafka/topics.hpp>

#include <vector>

namespace logpipe::logcat {
namespace {

constexpr milliseconds between_looks(1000);
constexpr milliseconds told_after(10000);
constexpr milliseconds patience_at_end(1000);

}  // namespace

void open_transactions::look(const assignment& parts, rd_kafka_s* handle, time_point now) {
  if (!applies() || now - m_last_look < between_looks) return;
  m_last_look = now;
  for (const auto& part : parts) {
    look_at(part, handle, now);
  }
}

void open_transactions::look_at(const reading& part, rd_kafka_s* handle, time_point now) {
  const auto end = m_reader.high_watermark(part.topic, part.partition);
  const bool stands = !part.stopped && part.log_end == part.next && end > part.next;
  const auto known = m_halts.find(part.index);
  if (known != m_halts.end() && (!stands || known->second.at != part.next)) {
    if (known->second.told) {
      m_context.messages().info("{} [{}]: the transaction that was open at {} is over", part.topic,
                                part.partition, known->second.at);
    }
    m_halts.erase(known);
  }
  if (!stands) return;
  halt& here = m_halts.try_emplace(part.index, halt{part.next, now}).first->second;
  if (here.told || now - here.since < told_after) return;
  // Records may be on their way that a slow reader of our output has not let through yet.
  const auto log = m_context.ask(nullptr, [&](milliseconds timeout) {
    return ask_offsets(handle, part.topic, part.partition, timeout);
  });
  here.told = log.end <= part.next;
  here.since = now;
  if (here.told) tell(part, end - part.next);
}

void open_transactions::tell_at_end(const assignment& parts) {
  if (!applies()) return;
  std::vector<const reading*> suspects;
  for (const auto& part : parts) {
    const auto end = m_reader.high_watermark(part.topic, part.partition);
    if (end < 0 || end > part.next) suspects.push_back(&part);
  }
  if (suspects.empty()) return;
  try {
    tell_at_end(suspects);
  } catch (const kafka::kafka_error& error) {
    m_context.messages().detail("whether transactions are open is not known: {}", error.what());
  }
}

// The high watermarks first: if the last stable offset, asked for later, lies below one, a
// transaction was open then.
void open_transactions::tell_at_end(std::span<const reading* const> suspects) {
  using kafka::offset_spec;
  std::vector<kafka::topic_partition> asked;
  asked.reserve(suspects.size());
  for (const auto* part : suspects) {
    asked.push_back({part->topic, part->partition});
  }
  const kafka::reader all(m_plan.connection.settings,
                          {.bounded = true, .isolation = kafka::isolation_level::uncommitted});
  const auto ends = kafka::list_offsets(all.handle(), asked, offset_spec::end, patience_at_end);
  const auto stable =
      kafka::list_offsets(m_reader.handle(), asked, offset_spec::end, patience_at_end);
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    if (ends[i].error != 0 || stable[i].error != 0) continue;
    const bool reached = suspects[i]->next >= stable[i].offset;
    if (reached && stable[i].offset < ends[i].offset) {
      tell(*suspects[i], ends[i].offset - stable[i].offset);
    }
  }
}

void open_transactions::tell(const reading& part, std::int64_t offsets) {
  m_context.messages().warning(
      "{} [{}]: {} offsets behind an open transaction; --isolation uncommitted shows them",
      part.topic, part.partition, offsets);
}

}  // namespace logpipe::logcat
