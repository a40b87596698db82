#include "topic_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace logpipe::logcat {
namespace {

// A quiet bounded run looks that often for positions that moved without a record.
constexpr milliseconds bounded_wait(20);
constexpr milliseconds following_wait(1000);
// A broker that has just started may not know all of its topics.
constexpr milliseconds missing_patience(2000);

std::string place(const reading& part) {
  return fmt::format("{} [{}]", part.topic, part.partition);
}

}  // namespace

topic_reader::topic_reader(run_context& context, kafka::reader& reader, assignment& parts,
                           const plan& plan, topic_watch* watch)
    : m_context(context),
      m_reader(reader),
      m_parts(parts),
      m_plan(plan),
      m_watch(watch),
      m_bounded(parts.bounded()),
      m_last_record(clock::now()) {
  for (const auto& part : parts) {
    if (part.done()) continue;
    reader.start(part.topic, part.partition, part.next);
    context.messages().detail("reading {} from offset {}", place(part), part.next);
  }
}

std::optional<loop_end> topic_reader::after(const kafka::reader::batch& batch) {
  const time_point now = clock::now();
  if (!batch.records.empty()) {
    m_last_record = now;
    m_context.answered();
  }
  m_context.heard(batch.notices);
  for (const auto& event : batch.events) {
    on_event(event);
  }
  if (batch.records.empty() && m_bounded) pass_positions();
  if (m_watch != nullptr) add_found();
  if (!m_missing.empty() && !m_parts.done()) look_for_missing(now);

  if (m_parts.done()) return loop_end::done;
  if (m_context.told_to_end()) return loop_end::signal;
  if (m_context.timed_out(now)) return loop_end::timeout;
  if (m_plan.idle && now - m_last_record >= *m_plan.idle) return loop_end::idle;
  if (m_context.in_outage() && m_watch != nullptr) m_watch->check_now();
  m_context.watch_connection(now);
  return std::nullopt;
}

void topic_reader::on_event(const kafka::partition_event& event) {
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

rd_kafka_s* topic_reader::handle_to_ask() const {
  return m_watch != nullptr ? m_watch->handle() : m_reader.handle();
}

partition_log topic_reader::ask_log(const reading& part) {
  return m_context.ask(nullptr, [&](milliseconds timeout) {
    return ask_offsets(handle_to_ask(), part.topic, {part.partition}, timeout).front();
  });
}

// Retention has overtaken us, or the topic was made anew: on from the log start.
void topic_reader::start_again(reading& part) {
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
void topic_reader::check_early_end(reading& part) {
  if (part.end == no_end || part.done()) return;
  const auto log = ask_log(part);
  if (log.end >= part.end) return;
  m_context.messages().warning("{}: the log ends at {}, it ended at {} when the run began",
                               place(part), log.end, part.end);
  part.end = log.end;
}

void topic_reader::on_failure(const kafka::partition_event& event) {
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
void topic_reader::look_for_missing(time_point now) {
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

// Markers and aborted records move a partition's position without giving a record.
void topic_reader::pass_positions() {
  for (auto& part : m_parts) {
    if (!part.done()) part.pass_to(m_reader.position(part.topic, part.partition));
  }
}

void topic_reader::add_found() {
  if (m_watch->take_answered()) m_context.answered();
  for (const auto& log : m_watch->take()) {
    m_context.messages().info("{} [{}] is new; reading it from offset {}", log.topic, log.partition,
                              log.begin);
    m_parts.add({log.topic, log.partition, log.begin, no_end});
    m_reader.start(log.topic, log.partition, log.begin);
  }
}

void topic_reader::wait() {
  milliseconds most = m_bounded ? bounded_wait : following_wait;
  if (m_plan.idle) {
    most = std::min(most,
                    milliseconds(milliseconds_until(m_last_record + *m_plan.idle, clock::now())));
  }
  m_context.wait(m_reader.wake_fd(), m_watch != nullptr ? m_watch->wake_fd() : -1,
                 std::min(most, m_context.until_limit()));
}

}  // namespace logpipe::logcat
