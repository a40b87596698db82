#pragma once

#include <logpipe/base/fd.hpp>

struct rd_kafka_queue_s;

namespace logpipe::kafka {

/// A descriptor that librdkafka makes readable when one of its queues gets something to take.
///
/// librdkafka writes once between two polls of the queue, not once for each thing in it. So the
/// order is: drain(), then poll until the queue is empty; who stops before that calls signal(), or
/// the next wait sleeps beside a queue that is not empty.
///
/// librdkafka's threads write to the descriptor: it must outlive the handle of each attached queue.
class wake_event {
public:
  /// Throws std::system_error.
  wake_event();

  void attach(rd_kafka_queue_s* queue) const;
  void drain() const noexcept;
  void signal() const noexcept;
  int descriptor() const noexcept { return m_descriptor.get(); }

private:
  fd m_descriptor;
};

}  // namespace logpipe::kafka
