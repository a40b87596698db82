#include "cluster_facts.hpp"

#include <map>

namespace logpipe::logcat {

std::optional<std::int64_t> partition_facts::offsets() const noexcept {
  if (!begin || !end) return std::nullopt;
  return *end - *begin;
}

std::vector<broker_facts> brokers_of(const kafka::cluster_info& cluster,
                                     const std::vector<topic_facts>& topics) {
  std::map<std::int32_t, broker_facts> by_id;
  for (const auto& each : cluster.brokers) {
    by_id[each.id] = {each, each.id == cluster.controller};
  }
  for (const auto& topic : topics) {
    for (const auto& [info, begin, end, stable, error] : topic.partitions) {
      if (info.leader >= 0) ++by_id[info.leader].leads;
      for (const auto id : info.replicas) {
        ++by_id[id].holds;
      }
    }
  }
  std::vector<broker_facts> brokers;
  for (auto& [id, facts] : by_id) {
    facts.info.id = id;
    brokers.push_back(std::move(facts));
  }
  return brokers;
}

cluster_totals totals_of(const topic_facts& topic) {
  cluster_totals sum;
  sum.topics = 1;
  sum.partitions = topic.partitions.size();
  for (const auto& each : topic.partitions) {
    if (each.leaderless()) {
      ++sum.leaderless;
    } else if (each.error != 0) {
      ++sum.unanswered;
    }
    if (each.under_replicated()) ++sum.under_replicated;
    sum.offsets += each.offsets().value_or(0);
  }
  return sum;
}

cluster_totals totals_of(const cluster_facts& cluster) {
  cluster_totals sum;
  for (const auto& topic : cluster.topics) {
    const auto one = totals_of(topic);
    sum.topics += one.topics;
    sum.partitions += one.partitions;
    sum.under_replicated += one.under_replicated;
    sum.leaderless += one.leaderless;
    sum.unanswered += one.unanswered;
    sum.offsets += one.offsets;
  }
  return sum;
}

}  // namespace logpipe::logcat
