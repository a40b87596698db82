#include "state_positions.hpp"

#include <logpipe/kafka/topics.hpp>

#include <map>
#include <string>

namespace logpipe::logcat {

state_positions::state_positions(state_file& state, run_context& context, const plan& plan)
    : m_file(state.positions),
      m_context(context),
      m_plan(plan),
      m_keeper({.store = m_file,
                .position = [this](const reading& part) { return m_marks->position(part); },
                .out = context.messages(),
                .place = m_file.path()},
               plan.resuming.when) {}

std::vector<std::optional<resumed_start>> state_positions::find_starts(
    kafka::reader& reader, const std::vector<partition_log>& logs) {
  std::map<std::string, std::int32_t> partitions;
  std::string cluster;
  m_context.ask(&reader, [&](milliseconds timeout) {
    partitions.clear();
    for (const auto& log : logs) {
      const auto [count, is_new] = partitions.emplace(log.topic, 0);
      if (!is_new) continue;
      const auto info = kafka::describe_topic(reader.handle(), log.topic, timeout);
      if (info.error != 0) throw kafka::kafka_error(info.error, "topic " + log.topic);
      count->second = static_cast<std::int32_t>(info.partitions.size());
    }
    cluster = kafka::cluster_id(reader.handle(), timeout);
    return true;
  });
  m_kept = &m_file.use(cluster);
  auto starts = find_resumed(m_context, reader, m_plan, logs, *m_kept, partitions);
  for (const auto& [topic, count] : partitions) {
    m_file.reads(topic, count);
  }
  for (const auto& text : m_plan.selection.expressions.texts()) {
    m_file.reads(text, 0);
  }
  return starts;
}

void state_positions::begin(assignment& parts,
                            const std::vector<std::optional<resumed_start>>& starts,
                            record_sink& next) {
  m_marks.emplace(parts, next);
  for (auto& part : parts) {
    if (part.index < starts.size() && starts[part.index]) go_on(part, starts[part.index]->last);
  }
  m_keeper.begin(parts);
}

void state_positions::go_on(reading& part, const std::optional<record_mark>& last) {
  part.window.begin_at_any_time();
  if (last) m_marks->set(part, *last);
}

// The watch knows what to do with partitions that were read until they were away.
void state_positions::add_late(assignment& parts,
                               const std::vector<kafka::topic_partition>& unanswered,
                               topic_watch& watch) {
  for (const auto& [topic, partition] : unanswered) {
    const kept_position* kept = m_kept->find(topic, partition);
    if (kept == nullptr) continue;
    reading& part = parts.add({topic, partition, kept->next, no_end});
    part.stopped = true;
    go_on(part, kept->last);
    bookmark mark{.partition = {topic, partition}, .next = kept->next};
    if (kept->last) {
      mark.last_offset = kept->last->offset;
      mark.last_timestamp = kept->last->timestamp;
    }
    watch.lost(mark);
  }
}

}  // namespace logpipe::logcat
