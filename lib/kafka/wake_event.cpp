#include <logpipe/kafka/wake_event.hpp>

#include <librdkafka/rdkafka.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace logpipe::kafka {
namespace {
constexpr std::uint64_t one = 1;
}

wake_event::wake_event() : m_descriptor(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!m_descriptor) throw_errno("eventfd");
}

void wake_event::attach(rd_kafka_queue_s* queue) const {
  rd_kafka_queue_io_event_enable(queue, m_descriptor.get(), &one, sizeof one);
  signal();  // something may have come before
}

void wake_event::drain() const noexcept {
  std::uint64_t count = 0;
  // EAGAIN: nothing was there.
  static_cast<void>(read(m_descriptor.get(), &count, sizeof count));
}

void wake_event::signal() const noexcept {
  // EAGAIN: the counter is at its limit, so it is readable anyway.
  static_cast<void>(write(m_descriptor.get(), &one, sizeof one));
}

}  // namespace logpipe::kafka
