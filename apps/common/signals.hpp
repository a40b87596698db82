#pragma once

#include "exit_code.hpp"

#include <logpipe/base/fd.hpp>

#include <optional>

namespace logpipe::app {

/// SIGINT, SIGTERM and SIGHUP (unless it was ignored, as nohup does) as a readable descriptor. They
/// are blocked from construction on, in this thread and in all that it starts later: make one
/// before any Kafka handle. The first one asks for an orderly end; once it is taken, a second one
/// ends the process at once with 130 or 143. SIGPIPE and SIGXFSZ are ignored:
/// writes say EPIPE and EFBIG.
class signal_watch {
public:
  signal_watch();

  /// Readable when a signal has come and has not been taken.
  int wake_fd() const noexcept { return m_fd.get(); }
  /// The signal that came since the last call, if any. Does not block.
  std::optional<int> take();
  /// All that came so far, without waiting: whether the run was told to end.
  bool came() const noexcept { return m_taken.has_value(); }
  /// What a bounded run that was cut short by the signal ends with.
  exit_code code() const noexcept;

private:
  fd m_fd;
  std::optional<int> m_taken;
};

}  // namespace logpipe::app
