#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/ship/event.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace logpipe::logtail {

/// The partitions that do not take their lines, and why: what a bounded run gives up on.
class held_partitions {
public:
  void add(const ship::held& held, time_point now);
  void remove(const ship::resumed& resumed) { m_held.erase({resumed.topic, resumed.partition}); }

  /// One of them will not take them for as long as a bounded run waits: the broker says no, the
  /// records are invalid, or the topic has been missing for 2 s.
  bool any_for_good(time_point now) const;

private:
  struct hold {
    kafka::failure why;
    time_point since;
  };
  std::map<std::pair<std::string, std::int32_t>, hold> m_held;
};

}  // namespace logpipe::logtail
