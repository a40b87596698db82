#pragma once

#include <logpipe/kafka/groups.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// What a group has to do with one partition.
struct group_partition {
  kafka::topic_partition where;
  /// Nothing: it is assigned to a member, and nothing was committed.
  std::optional<std::int64_t> committed;
  /// The text that was committed with it.
  std::string metadata;
  /// The log's first offset and the last stable one. Nothing where no leader told them.
  std::optional<std::int64_t> begin;
  std::optional<std::int64_t> stable;
  /// Why they are not known; 0.
  kafka::error_code error = 0;
  /// Whose it is: an index of group_facts::members.
  std::optional<std::size_t> member;

  /// Offsets from the committed one to the last stable one; never below 0.
  std::optional<std::int64_t> lag() const noexcept;
  /// Offsets that retention took away before they were committed.
  std::int64_t gone() const noexcept;
  /// What was committed lies past the end: the topic was made anew, or has lost its last records.
  bool past_end() const noexcept;
};

struct group_facts {
  std::string name;
  kafka::group_info info;
  /// By topic and partition.
  std::vector<group_partition> partitions;

  /// The sum of what is known.
  std::int64_t lag() const noexcept;
};

/// Joins what a group has committed with what its members are assigned; offsets are not known yet.
std::vector<group_partition> partitions_of(const std::vector<kafka::committed_offset>& committed,
                                           const std::vector<kafka::group_member>& members);

}  // namespace logpipe::logcat
