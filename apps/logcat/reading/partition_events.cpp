#include "partition_events.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace logpipe::logcat {
namespace {

// A broker that has just started may not know all of its topics.
constexpr milliseconds missing_patience(2000);

std::string place(const reading& part) {
  return fmt::format("{} [{}]", part.topic, part.partition);
}

}  // namespace

partition_events::partition_events(run_context& context, kafka::reader& reader, assignment& parts,
                                   const plan& plan, topic_watch* watch)
    : m_context(context), m_reader(reader), m_parts(parts), m_plan(plan), m_watch(watch) {}

void partition_events::handle(const kafka::partition_event& event) {
  reading* const part = m_parts.find(event.topic, event.partition);
  if (part == nullptr) return;
  switch (event.what) {
    case kafka::partition_event::kind::end:
      m_context.answered();
      part->end_seen_at(event.offset);
      check_early_end(*part);
      break;
    case kafka::partition_event::kind::out_of_range:
      m_context.answered();
      start_again(*part);
      break;
    case kafka::partition_event::kind::failed:
      on_failure(event);
      break;
  }
}

rd_kafka_s* partition_events::handle_to_ask() const {
  return m_watch != nullptr ? m_watch->handle() : m_reader.handle();
}

partition_log partition_events::ask_log(const reading& part) {
  return m_context.ask(nullptr, [&](milliseconds timeout) {
    return ask_offsets(handle_to_ask(), part.topic, {part.partition}, timeout).front();
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

void partition_events::on_failure(const kafka::partition_event& event) {
  using kafka::failure;
  const failure kind = kafka::classify(event.error);
  if (kind == failure::missing) {
    m_missing.try_emplace(event.topic, clock::now() + missing_patience);
    return;
  }
  const std::string text =
      fmt::format("{} [{}]: {}", event.topic, event.partition, kafka::text_of(event.error));
  const bool final = kind == failure::fatal ||
                     (kind == failure::denied && (m_plan.bounded || !m_context.ever_answered()));
  if (final) throw std::runtime_error(text);
  if (m_failed.emplace(event.topic, event.partition).second) {
    m_context.messages().warning("{}", text);
  }
}

// A topic that was deleted ends a bounded run; a follower waits for it to be made anew.
void partition_events::look_for_missing(time_point now) {
  if (m_missing.empty() || m_parts.done()) return;
  std::erase_if(m_missing, [&](const auto& entry) {
    const auto& [topic, due] = entry;
    if (now < due) return false;
    const auto info = m_context.ask(nullptr, [&, &name = topic](milliseconds timeout) {
      return kafka::describe_topic(handle_to_ask(), name, timeout);
    });
    if (kafka::classify(info.error) != kafka::failure::missing) {
      m_gone.erase(topic);
      return true;
    }
    const std::string text = fmt::format("topic \"{}\" is not there any more", topic);
    if (m_plan.bounded) throw std::runtime_error(text);
    if (m_gone.insert(topic).second) m_context.messages().warning("{}; waiting for it", text);
    return true;
  });
}

}  // namespace logpipe::logcat
