#pragma once

#include <logpipe/base/fd.hpp>

namespace logpipe::app {

/// SIGUSR1, which asks how the run stands, as a readable descriptor. It is blocked from
/// construction on, in this thread and in all that it starts later: make one before any Kafka
/// handle.
class report_request {
public:
  report_request();

  /// Readable when the signal has come and was not taken.
  int wake_fd() const noexcept { return m_fd.get(); }
  /// Whether it came since the last call. Does not block.
  bool take();

private:
  fd m_fd;
};

}  // namespace logpipe::app
