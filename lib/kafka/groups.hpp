#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::kafka {

// Questions about consumer groups, which no group notices: nobody joins. Each blocks for at most
// `timeout`, is safe to ask from any thread and takes any handle. Each throws kafka_error: denied
// when the group may not be seen, unreachable when its coordinator does not answer in time.

/// As the protocol names it: "Stable", "Empty", "PreparingRebalance", ...
using group_state = std::string;

struct listed_group {
  std::string name;
  group_state state;
};
/// All groups of consumers, of any state and protocol, by name. Throws only when nothing was
/// answered: a broker that is away hides the groups that it coordinates.
std::vector<listed_group> list_groups(rd_kafka_s* handle, milliseconds timeout);

struct group_member {
  std::string id;
  std::string client_id;
  std::string host;
  /// Empty: not a static member.
  std::string instance_id;
  /// Sorted.
  std::vector<topic_partition> assigned;
};

struct group_info {
  /// "Dead" when the coordinator does not know the group, or its members use the protocol of
  /// KIP-848, which librdkafka 2.0.2 cannot look into: list_groups() tells which.
  group_state state;
  /// Empty while there are no members.
  std::string assignor;
  /// "host:port" of the coordinator.
  std::string coordinator;
  std::vector<group_member> members;
};
group_info describe_group(rd_kafka_s* handle, const std::string& group, milliseconds timeout);

struct committed_offset {
  topic_partition where;
  /// The next record to be read.
  std::int64_t offset = -1;
  /// The text that was committed with it.
  std::string metadata;
};
/// All that the group has committed, by topic and partition. Empty for a group that there is not.
std::vector<committed_offset> committed_offsets(rd_kafka_s* handle, const std::string& group,
                                                milliseconds timeout);

}  // namespace logpipe::kafka
