#include "wanted_partitions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace logpipe::logcat {
namespace {

using kafka::partition_info;
using kafka::topic_info;

constexpr kafka::error_code leader_not_available = 5;

bool has(const topic_info& topic, std::int32_t partition) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [&](const partition_info& each) { return each.id == partition; });
}

}  // namespace

void keep_wanted(topic_info& topic, const selection_plan& wanted) {
  if (topic.error == 0 && wanted.names(topic.name)) {
    for (const std::int32_t id : wanted.partitions) {
      if (has(topic, id)) continue;
      throw std::runtime_error(fmt::format("no partition {} in topic \"{}\", which has {}", id,
                                           topic.name, topic.partitions.size()));
    }
  }
  std::erase_if(topic.partitions,
                [&](const partition_info& each) { return !wanted.wants(each.id); });
}

void require_leaders(const topic_info& topic) {
  std::vector<std::int32_t> leaderless;
  for (const auto& each : topic.partitions) {
    if (each.leader < 0) leaderless.push_back(each.id);
  }
  if (leaderless.empty()) return;
  throw kafka::kafka_error(
      leader_not_available,
      fmt::format("partition {} of topic \"{}\"", fmt::join(leaderless, ","), topic.name));
}

}  // namespace logpipe::logcat
