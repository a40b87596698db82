#include "group_reading.hpp"

#include "group_entry.hpp"

#include <logpipe/kafka/groups.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace logpipe::logcat {
namespace {

// While records come, so often it is committed how far they got.
constexpr milliseconds between_commits(100);
// A run that has read its own asks that often whether the group has come to rest.
constexpr milliseconds between_questions(200);
// So often those are asked about again that nobody answered for.
constexpr milliseconds between_tries(1000);
// So long a group may take to let us in without a word.
constexpr milliseconds patience(5000);
// So long others wait for a partition that is to be committed first, and a run whose time is over
// for its last commit.
constexpr milliseconds patience_for_commit(5000);
constexpr milliseconds longest_wait(1000);

bool is_given_out(const partition_log& log, const kafka::group_info& group) {
  return std::any_of(group.members.begin(), group.members.end(), [&](const auto& member) {
    return std::binary_search(member.assigned.begin(), member.assigned.end(),
                              kafka::topic_partition{log.topic, log.partition});
  });
}

}  // namespace

group_reading::group_reading(run_context& context, kafka::reader& reader, assignment& parts,
                             const plan& plan, const found_partitions& found)
    : m_context(context),
      m_reader(reader),
      m_parts(parts),
      m_plan(plan),
      m_at_start(found.logs),
      m_beginnings(context, plan, found),
      m_member(settings_to_join(context, reader, plan), *plan.resuming.group),
      m_began(clock::now()) {
  for (const auto& log : found.logs) {
    m_topics.insert(log.topic);
  }
  for (const auto& each : found.unanswered) {
    m_topics.insert(each.topic);
  }
  subscribe();
}

// Expressions may have found nothing yet.
void group_reading::subscribe() {
  if (!m_topics.empty()) m_member.subscribe({m_topics.begin(), m_topics.end()});
}

void group_reading::serve(record_sink& sink) {
  using kind = kafka::rebalance::kind;
  const bool at_flush = m_plan.resuming.when == commit::flush;
  const auto news = poll();
  ask_again();
  if (!news.change) return;
  if (news.change->what == kind::assigned) {
    begin_reading(news.change->partitions);
    m_joined = true;
  } else {
    if (news.change->what == kind::revoked && at_flush) {
      sink.flush();
      flushed(m_parts);
      keep_before(clock::now() + patience_for_commit);
    }
    let_go(*news.change);
  }
  m_member.confirm();
  // Where it began is kept, though nothing may ever come.
  if (at_flush) commit_written();
}

void group_reading::ask_again() {
  const time_point now = clock::now();
  if (m_unanswered.empty() || now - m_last_try < between_tries) return;
  m_last_try = now;
  begin_reading(std::exchange(m_unanswered, {}));
}

kafka::membership::news group_reading::poll() {
  auto news = m_member.poll();
  m_context.heard(news.notices);
  if (news.committed) on_answer(*news.committed);
  if (!m_joined && !m_told_of_waiting && clock::now() - m_began >= patience) {
    m_told_of_waiting = true;
    m_context.messages().warning(
        "group \"{}\" has not let us in yet: a member that ended without leaving keeps its place "
        "until its session.timeout.ms has passed",
        *m_plan.resuming.group);
  }
  return news;
}

void group_reading::begin_reading(const std::vector<kafka::topic_partition>& given) {
  if (given.empty()) return;
  m_offsets.found(m_context.ask(nullptr, [this](milliseconds timeout) {
    return kafka::committed_offsets(m_member.handle(), *m_plan.resuming.group, timeout);
  }));
  auto found = m_beginnings.find(given, m_offsets, m_member.handle(), m_reader.handle());
  for (const auto& [wanted, log_end, resumed] : found.ready) {
    auto& part = m_parts.add(wanted, log_end);
    if (resumed) part.window.begin_at_any_time();
    m_offsets.written(part);
    if (!part.done()) m_reader.start(part.topic, part.partition, part.next);
  }
  m_unanswered.insert(m_unanswered.end(), found.unanswered.begin(), found.unanswered.end());
}

void group_reading::let_go(const kafka::rebalance& change) {
  if (change.what == kafka::rebalance::kind::lost) {
    m_context.messages().warning(
        "group \"{}\" has given {} of our partitions to others, for it did not hear from us in "
        "time; what was not committed comes again",
        *m_plan.resuming.group, change.partitions.size());
  }
  for (const auto& each : change.partitions) {
    m_reader.stop(each.topic, each.partition);
    std::erase(m_unanswered, each);
    if (auto* part = m_parts.find(each.topic, each.partition)) {
      part->let_go = true;
      m_offsets.let_go(*part);
    }
    m_context.messages().detail("{} [{}] is another member's now", each.topic, each.partition);
  }
}

void group_reading::found(const partition_log& log) {
  if (m_topics.insert(log.topic).second) subscribe();
}

// While a partition is on its way from one member to another, it is nobody's: were we to end then,
// nobody might read it.
bool group_reading::settled() {
  if (!m_joined || !m_unanswered.empty() || !m_plan.selection.ends_at_start()) return false;
  const time_point now = clock::now();
  if (now - m_last_question < between_questions) return false;
  m_last_question = now;
  const auto group = m_context.ask(nullptr, [this](milliseconds timeout) {
    return kafka::describe_group(m_member.handle(), *m_plan.resuming.group, timeout);
  });
  return std::all_of(m_at_start.begin(), m_at_start.end(),
                     [&](const partition_log& log) { return is_given_out(log, group); });
}

void group_reading::flushed(const assignment& parts) {
  for (const auto& part : parts) {
    if (!part.let_go) m_offsets.written(part);
  }
  const time_point now = clock::now();
  if (m_plan.resuming.when != commit::flush || now - m_last_commit < between_commits) return;
  m_last_commit = now;
  commit_written();
}

void group_reading::commit_written() {
  if (m_member.committing()) return;
  const auto changed = m_offsets.take_changed();
  if (!changed.empty()) m_member.commit(changed);
}

void group_reading::on_answer(kafka::error_code error) {
  m_offsets.answered(error == 0);
  if (error == 0) m_context.answered();
  const auto kind = kafka::classify(error);
  if (kind == kafka::failure::denied || kind == kafka::failure::fatal) {
    throw kafka::kafka_error(error,
                             fmt::format("committing to group \"{}\"", *m_plan.resuming.group));
  }
  if (error != 0 && error != m_refused && !kafka::is_rebalancing(error)) {
    m_context.messages().warning("committing to group \"{}\": {}; trying again",
                                 *m_plan.resuming.group, kafka::text_of(error));
  }
  m_refused = error;
}

bool group_reading::end(bool complete) {
  if (m_plan.resuming.when == commit::end && !complete) return true;
  const time_point now = clock::now();
  const bool patient = m_plan.bounded && !m_context.timed_out(now);
  if (keep_before(now + (patient ? m_plan.connection.connect_timeout : patience_for_commit))) {
    return true;
  }
  m_context.messages().error(
      "where the run ended could not be committed to group \"{}\": what it printed last comes "
      "again",
      *m_plan.resuming.group);
  return false;
}

bool group_reading::keep_before(time_point limit) {
  const bool ending = m_context.told_to_end();
  for (;;) {
    if (!m_member.committing() && m_offsets.up_to_date()) return true;
    commit_written();
    const time_point now = clock::now();
    if (now >= limit) return false;
    m_context.wait({m_member.wake_fd()},
                   std::min(longest_wait, milliseconds(milliseconds_until(limit, now))));
    if (m_context.told_to_end() && !ending && m_plan.bounded) {
      throw run_ended{m_context.signal_code()};
    }
    if (const auto news = poll(); news.change) {
      // No more is begun; what goes is not ours to commit any more.
      if (news.change->what != kafka::rebalance::kind::assigned) let_go(*news.change);
      m_member.confirm();
    }
    if (m_refused != 0) m_context.wait({}, between_commits);
  }
}

}  // namespace logpipe::logcat
