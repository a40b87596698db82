#include "partition_events.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace logpipe::logcat {
namespace {

std::string place(const reading& part) {
  return fmt::format("{} [{}]", part.topic, part.partition);
}

}  // namespace

partition_events::partition_events(run_context& context, kafka::reader& reader, assignment& parts,
                                   const plan& plan, topic_changes& changes)
    : m_context(context), m_reader(reader), m_parts(parts), m_plan(plan), m_changes(changes) {}

void partition_events::handle(const kafka::partition_event& event) {
  reading* const part = m_parts.find(event.topic, event.partition);
  if (part == nullptr || part->stopped) return;
  switch (event.what) {
    case kafka::partition_event::kind::end:
      m_context.answered();
      recovered(event.topic, event.partition);
      part->end_seen_at(event.offset);
      check_early_end(*part);
      break;
    case kafka::partition_event::kind::out_of_range:
      m_context.answered();
      start_again(*part);
      break;
    case kafka::partition_event::kind::failed:
      on_failure(event, *part);
      break;
  }
}

partition_log partition_events::ask_log(const reading& part) {
  return m_context.ask(nullptr, [&](milliseconds timeout) {
    return ask_offsets(m_changes.handle_to_ask(), part.topic, part.partition, timeout);
  });
}

// Retention has overtaken us, or the topic was made anew: on from the log start.
void partition_events::start_again(reading& part) {
  m_reader.stop(part.topic, part.partition);
  const auto log = ask_log(part);
  if (part.next < log.begin) {
    m_context.messages().warning("{}: offsets {} to {} ({}) are gone from the log; going on at {}",
                                 place(part), part.next, log.begin - 1, log.begin - part.next,
                                 log.begin);
    part.next = log.begin;
  } else if (part.next > log.end) {
    m_context.messages().warning(
        "{}: the log ends at {}, before offset {}: it was made anew; going on at its start {}",
        place(part), log.end, part.next, log.begin);
    part.made_anew(log.begin, log.end);
  }
  if (!part.done()) m_reader.start(part.topic, part.partition, part.next);
}

// A log that ends before the end that was pinned has been made anew, or has lost its last records.
void partition_events::check_early_end(reading& part) {
  if (part.end == no_end || part.done()) return;
  const auto log = ask_log(part);
  if (log.end >= part.end) return;
  m_context.messages().warning("{}: the log ends at {}, it ended at {} when the run began",
                               place(part), log.end, part.end);
  part.end = log.end;
}

void partition_events::on_failure(const kafka::partition_event& event, reading& part) {
  using kafka::failure;
  const failure kind = kafka::classify(event.error);
  if (kind == failure::missing) {
    m_changes.lost(part);
    return;
  }
  const std::string text =
      fmt::format("{} [{}]: {}", event.topic, event.partition, kafka::text_of(event.error));
  const bool final = kind == failure::fatal ||
                     (kind == failure::denied && (m_plan.bounded || !m_context.ever_answered()));
  if (final) throw std::runtime_error(text);
  if (m_failed.insert({event.topic, event.partition}).second) {
    m_context.messages().warning("{}", text);
  }
}

void partition_events::passed(std::span<const record> records) {
  if (m_failed.empty()) return;
  const record* last = nullptr;
  for (const auto& each : records) {
    const bool same = last != nullptr && last->partition == each.partition &&
                      last->topic.data() == each.topic.data();
    if (!same) recovered(each.topic, each.partition);
    last = &each;
  }
}

void partition_events::recovered(std::string_view topic, std::int32_t partition) {
  if (m_failed.erase({std::string(topic), partition}) == 0) return;
  m_context.messages().warning("{} [{}] gives records again", topic, partition);
}

}  // namespace logpipe::logcat
