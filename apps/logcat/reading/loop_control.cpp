#include "loop_control.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

// A quiet bounded run looks that often for positions that moved without a record.
constexpr milliseconds bounded_wait(20);
constexpr milliseconds following_wait(1000);
// While records come fast, so often what was printed is written out and its position told.
constexpr milliseconds between_flushes(1000);

}  // namespace

loop_control::loop_control(run_context& context, kafka::reader& reader, assignment& parts,
                           const plan& plan, topic_watch* watch, position_observer* observer,
                           assigner* group)
    : m_context(context),
      m_reader(reader),
      m_parts(parts),
      m_plan(plan),
      m_observer(observer),
      m_group(group),
      m_changes(context, reader, parts, plan, watch, group),
      m_events(context, reader, parts, plan, m_changes),
      m_transactions(context, reader, plan),
      m_stall(context, parts, plan),
      m_follows(watch != nullptr),
      m_last_record(clock::now()),
      m_last_flush(m_last_record) {
  if (watch != nullptr && plan.selection.until_lies_ahead) {
    m_clock_end.emplace(context, reader, parts, plan);
  }
}

void loop_control::start() {
  for (const auto& part : m_parts) {
    if (part.done() || part.stopped) continue;
    m_reader.start(part.topic, part.partition, part.next);
    m_context.messages().detail("reading {} [{}] from offset {}", part.topic, part.partition,
                                part.next);
  }
}

std::optional<loop_end> loop_control::after(const kafka::reader::batch& batch, record_sink& sink) {
  const time_point now = clock::now();
  const bool quiet = batch.records.empty();
  if (!quiet) {
    m_last_record = now;
    m_context.answered();
    m_events.passed(batch.records);
    m_stall.moved(now);
  }
  if (quiet || (m_observer != nullptr && now - m_last_flush >= between_flushes)) flush(sink);
  m_context.heard(batch.notices);
  for (const auto& event : batch.events) {
    m_events.handle(event);
  }
  for (const reading* part : m_parts.take_closed()) {
    m_reader.stop(part->topic, part->partition);
  }
  if (m_clock_end && m_clock_end->pass()) m_changes.add_no_more();
  if (quiet && m_parts.bounded()) pass_positions();
  if (m_group != nullptr) m_group->serve(sink);
  m_changes.look();
  const auto end = look_for_end(now);
  if (end) flush(sink);
  return end;
}

void loop_control::flush(record_sink& sink) {
  sink.flush();
  m_last_flush = clock::now();
  if (m_observer != nullptr) m_observer->flushed(m_parts);
}

std::optional<loop_end> loop_control::look_for_end(time_point now) {
  if (all_read()) return loop_end::done;
  if (m_context.told_to_end()) return loop_end::signal;
  if (m_context.timed_out(now)) return loop_end::timeout;
  if (m_plan.selection.idle && now - m_last_record >= *m_plan.selection.idle) return loop_end::idle;
  if (m_context.in_outage()) m_changes.check_connection();
  m_context.watch_connection(now);
  if (m_parts.bounded() && m_plan.bounded) m_stall.look(m_changes.handle_to_ask(), now);
  if (!m_plan.bounded) m_transactions.look(m_parts, m_changes.handle_to_ask(), now);
  return std::nullopt;
}

bool loop_control::all_read() {
  if (!m_parts.done()) return false;
  if (m_group != nullptr) return m_group->settled();
  // A follower may have nothing to read yet.
  return !(m_follows && m_parts.size() == 0);
}

// Markers and aborted records move a partition's position without giving a record.
void loop_control::pass_positions() {
  for (auto& part : m_parts) {
    if (part.done() || part.stopped || part.held) continue;
    part.pass_to(m_reader.position(part.topic, part.partition));
  }
}

void loop_control::wait(milliseconds longest) {
  milliseconds most = std::min(longest, m_parts.bounded() ? bounded_wait : following_wait);
  if (const auto idle = m_plan.selection.idle) {
    most = std::min(most, milliseconds(milliseconds_until(m_last_record + *idle, clock::now())));
  }
  if (m_clock_end && !m_clock_end->passed()) most = std::min(most, m_clock_end->left());
  m_context.wait(
      {m_reader.wake_fd(), m_changes.wake_fd(), m_group != nullptr ? m_group->wake_fd() : -1},
      std::min(most, m_context.until_limit()));
}

}  // namespace logpipe::logcat
