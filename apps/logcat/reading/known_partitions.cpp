#include "known_partitions.hpp"

#include <logpipe/kafka/error.hpp>

#include <algorithm>

namespace logpipe::logcat {
namespace {

// A broker that has just started may not know all of its topics.
constexpr milliseconds missing_patience(2000);

}  // namespace

void known_partitions::set(const kafka::topic_partition& partition, standing now) {
  known& how = m_known[partition];
  // It may be back by the time that who reads it has heard that it was gone.
  how.was_gone = now == standing::stopped && (how.was_gone || is_gone(partition.topic));
  how.now = now;
}

std::vector<known_partitions::candidate> known_partitions::look(const kafka::topic_info& topic,
                                                                time_point now) {
  std::vector<candidate> candidates;
  if (kafka::classify(topic.error) == kafka::failure::missing) {
    m_missing.try_emplace(topic.name, absence{now});
    return candidates;
  }
  if (topic.error != 0) return candidates;
  m_missing.erase(topic.name);
  for (const auto& each : topic.partitions) {
    if (each.leader < 0 || !m_plan.wants(each.id)) continue;
    const auto found = m_known.find({topic.name, each.id});
    const known as = found == m_known.end() ? known() : found->second;
    if (as.now != standing::read) candidates.push_back({topic.name, each, as.now, as.was_gone});
  }
  return candidates;
}

std::vector<std::string> known_partitions::take_gone(time_point now) {
  std::vector<std::string> gone;
  for (auto& [topic, missing] : m_missing) {
    if (missing.told || now - missing.since < missing_patience) continue;
    missing.told = true;
    gone.push_back(topic);
    for (auto& [partition, how] : m_known) {
      if (partition.topic == topic) how.was_gone = true;
    }
  }
  return gone;
}

std::vector<std::string> known_partitions::topics() const {
  std::vector<std::string> names;
  for (const auto& [partition, how] : m_known) {
    if (names.empty() || names.back() != partition.topic) names.push_back(partition.topic);
  }
  return names;
}

bool known_partitions::restless() const {
  const auto stopped = std::any_of(m_known.begin(), m_known.end(), [&](const auto& each) {
    return each.second.now == standing::stopped && !is_gone(each.first.topic);
  });
  const auto missing = std::any_of(m_missing.begin(), m_missing.end(),
                                   [](const auto& each) { return !each.second.told; });
  return stopped || missing;
}

bool known_partitions::is_gone(const std::string& topic) const {
  const auto found = m_missing.find(topic);
  return found != m_missing.end() && found->second.told;
}

}  // namespace logpipe::logcat
