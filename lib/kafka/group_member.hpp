#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/handle.hpp>

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace logpipe::kafka {

struct topic_partition {
  std::string topic;
  std::int32_t partition = 0;
  auto operator<=>(const topic_partition&) const = default;
};

/// What a group keeps of a partition.
struct group_offset {
  topic_partition of;
  /// The first offset that has not been dealt with; -1: nothing is committed.
  std::int64_t offset = -1;
  /// A text of whoever committed it.
  std::string metadata = {};
};

/// What the group decided about this member.
struct rebalance {
  enum class kind {
    /// These are ours now, beside what was. Comes once for each join, also with none.
    assigned,
    /// These go to others once it is confirmed: offsets can still be committed.
    revoked,
    /// These have been given to others already: the group threw us out (a poll that came too late,
    /// a session that timed out). Nothing can be committed for them. We join again by ourselves.
    lost,
  };
  kind what;
  std::vector<topic_partition> partitions;
};

/// One member of a consumer group. It takes part in the group and keeps its offsets, and reads
/// nothing: the partitions that it is given are read with a kafka::reader, which knows of no group.
/// So reading is the same in both ways, and whatever stands still there leaves the membership
/// alone.
///
/// Partitions are given out cooperatively (cooperative-sticky) unless the settings say otherwise:
/// what stays ours is read on while others move. For one thread.
class group_member {
public:
  /// The property that says how partitions are given out, and its default here.
  static constexpr const char* strategy = "partition.assignment.strategy";

  /// Throws config_error. Nothing is waited for.
  group_member(const config& settings, const std::string& group);
  /// Leaves the group, so that its partitions go to others at once (not with group.instance.id:
  /// then they wait for it until its session is over). Waits for the coordinator's answer where
  /// there is a coordinator. What was not committed is not.
  ~group_member();
  group_member(const group_member&) = delete;
  group_member& operator=(const group_member&) = delete;

  /// Joins, or says which topics it is from now on. Throws kafka_error.
  void subscribe(const std::vector<std::string>& topics);

  struct news {
    std::optional<rebalance> change;
    /// The last commit has been answered: 0, or the first error.
    std::optional<error_code> committed;
    std::vector<notice> notices;
  };
  /// What has happened, without waiting. Call it more often than max.poll.interval.ms (5 minutes),
  /// or the partitions are lost. A change is handed out once and nothing else until confirm().
  news poll();
  /// The change is carried out: what was revoked is not read any more. Until then the group waits.
  void confirm();

  /// Sends these offsets to the coordinator; the answer is in a later poll(). False, and nothing
  /// is done, while the answer to the last one is awaited. Throws kafka_error.
  bool commit(std::span<const group_offset> offsets);
  bool committing() const noexcept;
  /// What the group has committed for these. Blocks for at most `timeout`. Throws kafka_error.
  std::vector<group_offset> committed(std::span<const topic_partition> partitions,
                                      milliseconds timeout);

  /// Readable when poll() has something.
  int wake_fd() const noexcept;
  rd_kafka_s* handle() const noexcept;

private:
  struct state;
  std::unique_ptr<state> m_state;
};

/// A commit that was refused with it says that the group is dividing its partitions anew, or has
/// done so without us; the next poll() tells. It is no failure: what was not committed is read
/// again.
bool is_rebalancing(error_code code) noexcept;

}  // namespace logpipe::kafka
