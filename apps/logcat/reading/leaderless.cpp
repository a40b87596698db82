#include "leaderless.hpp"

namespace logpipe::logcat {
namespace {

constexpr milliseconds patience(5000);

}  // namespace

void leaderless_partitions::look(const kafka::topic_info& topic, time_point now) {
  for (const auto& each : topic.partitions) {
    const kafka::topic_partition where{topic.name, each.id};
    if (each.leader < 0) {
      absence& absent = m_absent.try_emplace(where, absence{now}).first->second;
      if (absent.told || now - absent.since < patience) continue;
      absent.told = true;
      m_changes.push_back({where, false});
    } else if (const auto was = m_absent.find(where); was != m_absent.end()) {
      if (was->second.told) m_changes.push_back({where, true});
      m_absent.erase(was);
    }
  }
}

}  // namespace logpipe::logcat
