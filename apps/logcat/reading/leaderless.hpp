#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/topics.hpp>

#include <map>
#include <utility>
#include <vector>

namespace logpipe::logcat {

/// Partitions that have been without a leader for longer than an election takes. They give nothing,
/// and librdkafka, which waits for a leader for ever, says nothing. Pure bookkeeping with a logical
/// clock.
class leaderless_partitions {
public:
  struct change {
    kafka::topic_partition where;
    /// It has a leader again; else it has had none for so long.
    bool is_led;
  };

  /// Takes what metadata says of a topic now.
  void look(const kafka::topic_info& topic, time_point now);
  /// What is worth telling since the last call.
  std::vector<change> take() { return std::exchange(m_changes, {}); }

private:
  struct absence {
    time_point since;
    bool told = false;
  };
  std::map<kafka::topic_partition, absence> m_absent;
  std::vector<change> m_changes;
};

}  // namespace logpipe::logcat
