#pragma once

#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/groups.hpp>
#include <logpipe/kafka/handle.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace logpipe::kafka {

/// What a group decided about one of its members.
struct rebalance {
  enum class kind {
    /// These are ours now, beside what was. Comes at each turn, also with none.
    assigned,
    /// These go to others once it is confirmed; until then offsets can be committed for them.
    revoked,
    /// These have gone to others already: the group threw us out (a poll that came too late, a
    /// session that timed out). Nothing can be committed for them. We join again by ourselves.
    lost,
  };
  kind what;
  std::vector<topic_partition> partitions;
};

/// A place in a consumer group. It takes part in the group and keeps its offsets, and reads
/// nothing: the partitions that it is given are read with a kafka::reader, which knows of no group.
/// So reading is the same in both ways, and whatever it waits for, heartbeats go on.
///
/// Partitions are given out cooperatively (cooperative-sticky) unless the settings say otherwise:
/// what stays ours is read on while others move. For one thread.
class membership {
public:
  /// Throws config_error. Nothing is waited for.
  membership(const config& settings, const std::string& group);
  /// Leaves the group, so that its partitions go to others at once (not with group.instance.id:
  /// then they wait for it until its session is over). Waits for the coordinator's answer where
  /// there is a coordinator. What was not committed is not.
  ~membership();
  membership(const membership&) = delete;
  membership& operator=(const membership&) = delete;

  /// Joins, or says which topics it is from now on. Throws kafka_error.
  void subscribe(const std::vector<std::string>& topics);

  struct news {
    std::optional<rebalance> change;
    /// The last commit has been answered: 0, or the first error.
    std::optional<error_code> committed;
    std::vector<notice> notices;
  };
  /// What has happened, without waiting. Call it more often than max.poll.interval.ms (5 minutes),
  /// or the partitions are lost. A change is handed out once, and no other until confirm().
  news poll();
  /// The change is carried out: what was revoked is not read any more. Until then the group waits.
  void confirm();

  /// Sends these offsets to the coordinator; the answer is in a later poll(). Only when the last
  /// one has been answered. Throws kafka_error.
  void commit(std::span<const committed_offset> offsets);
  bool committing() const noexcept;

  /// Readable when poll() has something.
  int wake_fd() const noexcept;
  /// For questions; no idle fetch holds them up. The end of a log is its high watermark.
  rd_kafka_s* handle() const noexcept;

private:
  struct state;
  std::unique_ptr<state> m_state;
};

/// A commit that was refused with it says that the group divides its partitions anew, or has done
/// so without us; poll() tells the rest. It is no failure: what was not committed is read again.
bool is_rebalancing(error_code code) noexcept;

}  // namespace logpipe::kafka
