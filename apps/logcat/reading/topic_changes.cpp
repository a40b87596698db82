#include "topic_changes.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

namespace logpipe::logcat {

using standing = known_partitions::standing;

topic_changes::topic_changes(run_context& context, kafka::reader& reader, assignment& parts,
                             const plan& plan, topic_watch* watch, assigner* group)
    : m_context(context),
      m_reader(reader),
      m_parts(parts),
      m_plan(plan),
      m_watch(watch),
      m_group(group),
      m_adds(watch != nullptr) {}

void topic_changes::lost(reading& part) {
  if (part.stopped || part.done()) return;
  if (m_watch == nullptr) {
    m_own_watch = std::make_unique<topic_watch>(m_plan, all_parts());
    m_watch = m_own_watch.get();
  }
  stop(part);
}

void topic_changes::look() {
  if (m_watch == nullptr) return;
  if (m_watch->take_answered()) m_context.answered();
  const auto news = m_watch->take();
  for (const auto& topic : news.gone) {
    on_gone(topic);
  }
  for (const auto& start : news.starts) {
    on_start(start);
  }
  tell(news.leaders);
}

void topic_changes::check_connection() {
  if (m_watch != nullptr) m_watch->check_now();
}

void topic_changes::stop(reading& part) {
  m_reader.stop(part.topic, part.partition);
  part.stopped = true;
  m_watch->lost({{part.topic, part.partition}, part.next, part.last_offset, part.last_timestamp});
}

void topic_changes::on_gone(const std::string& topic) {
  const std::string text = fmt::format("topic \"{}\" is not there any more", topic);
  if (m_plan.bounded && !m_parts.done()) throw std::runtime_error(text);
  m_context.messages().warning("{}; waiting for it", text);
  for (auto& part : m_parts) {
    if (part.topic == topic && !part.stopped && !part.done()) stop(part);
  }
}

void topic_changes::on_start(const topic_watch::start& start) {
  const auto& [topic, partition, begin, end] = start.log;
  if (reading* const part = m_parts.find(topic, partition)) {
    if (part->stopped) go_on(*part, start);
    return;
  }
  if (!m_adds) return;
  if (m_group != nullptr) return m_group->found(start.log);
  if (start.was == standing::late) {
    m_context.messages().info("{} [{}] answers; reading it from offset {}", topic, partition,
                              start.first);
  } else {
    m_context.messages().info("{} [{}] is new; reading it from offset {}", topic, partition,
                              start.first);
  }
  m_parts.add({topic, partition, start.first, no_end});
  m_reader.start(topic, partition, start.first);
}

void topic_changes::go_on(reading& part, const topic_watch::start& start) {
  part.stopped = false;
  if (start.made_anew) {
    m_context.messages().warning("{} [{}] was made anew; going on at its start {}", part.topic,
                                 part.partition, start.log.begin);
    part.made_anew(start.log.begin, start.log.end);
  }
  if (!part.done()) m_reader.start(part.topic, part.partition, part.next);
}

// Of those that are being read: of the others it was told why they are not.
void topic_changes::tell(const std::vector<leaderless_partitions::change>& leaders) {
  using places = std::map<std::string, std::vector<std::int32_t>>;
  places lost;
  places found;
  for (const auto& [where, is_led] : leaders) {
    const reading* const part = m_parts.find(where.topic, where.partition);
    if (part == nullptr || part->stopped || part->done()) continue;
    (is_led ? found : lost)[where.topic].push_back(where.partition);
  }
  for (const auto& [topic, partitions] : lost) {
    m_context.messages().warning("{} [{}]: no leader; waiting for one", topic,
                                 fmt::join(partitions, ","));
  }
  for (const auto& [topic, partitions] : found) {
    m_context.messages().info("{} [{}]: a leader again; going on", topic,
                              fmt::join(partitions, ","));
  }
}

found_partitions topic_changes::all_parts() const {
  found_partitions all;
  for (const auto& part : m_parts) {
    all.logs.push_back({part.topic, part.partition, part.first, part.next});
  }
  return all;
}

}  // namespace logpipe::logcat
