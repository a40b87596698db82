#include "group_facts.hpp"

#include <algorithm>
#include <map>

namespace logpipe::logcat {

std::optional<std::int64_t> group_partition::lag() const noexcept {
  if (!committed || !stable) return std::nullopt;
  return std::max<std::int64_t>(*stable - *committed, 0);
}

std::int64_t group_partition::gone() const noexcept {
  return committed && begin ? std::max<std::int64_t>(*begin - *committed, 0) : 0;
}

bool group_partition::past_end() const noexcept {
  return committed && stable && *committed > *stable;
}

std::int64_t group_facts::lag() const noexcept {
  std::int64_t sum = 0;
  for (const auto& each : partitions) {
    sum += each.lag().value_or(0);
  }
  return sum;
}

std::vector<group_partition> partitions_of(const std::vector<kafka::committed_offset>& committed,
                                           const std::vector<kafka::group_member>& members) {
  std::map<kafka::topic_partition, group_partition> by_place;
  for (const auto& each : committed) {
    auto& partition = by_place[each.where];
    partition.committed = each.offset;
    partition.metadata = each.metadata;
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (const auto& place : members[i].assigned) {
      by_place[place].member = i;
    }
  }
  std::vector<group_partition> partitions;
  for (auto& [place, partition] : by_place) {
    partition.where = place;
    partitions.push_back(std::move(partition));
  }
  return partitions;
}

}  // namespace logpipe::logcat
