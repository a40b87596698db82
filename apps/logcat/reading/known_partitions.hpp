#pragma once

#include "logcat/selection/plan.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/topics.hpp>

#include <map>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// What a follower knows of the partitions that it is to read, and what it learns when it looks
/// again. Pure bookkeeping with a logical clock.
class known_partitions {
public:
  enum class standing {
    read,
    /// It was there when the run began, and nobody answered for it.
    late,
    /// It was read until it was not there, or seemed so.
    stopped,
    /// It came after the run began.
    added,
  };
  struct candidate {
    std::string topic;
    kafka::partition_info partition;
    standing as;
    /// Its topic has been gone since it was read.
    bool was_gone;
  };

  /// `plan` must stay.
  explicit known_partitions(const selection_plan& plan) : m_plan(plan) {}

  void set(const kafka::topic_partition& partition, standing now);

  /// Takes what metadata says of a topic now; gives the partitions that can be read and are not,
  /// again and again until set() says that they are.
  std::vector<candidate> look(const kafka::topic_info& topic, time_point now);

  /// Topics that have been missing for so long that they are gone; each once, until it is back.
  std::vector<std::string> take_gone(time_point now);

  /// All that partitions are known of.
  std::vector<std::string> topics() const;
  /// Something is amiss that may be over soon.
  bool restless() const;

private:
  struct known {
    standing now = standing::added;
    bool was_gone = false;
  };
  struct absence {
    time_point since;
    bool told = false;
  };
  bool is_gone(const std::string& topic) const;

  const selection_plan& m_plan;
  std::map<kafka::topic_partition, known> m_known;
  std::map<std::string, absence> m_missing;
};

}  // namespace logpipe::logcat
