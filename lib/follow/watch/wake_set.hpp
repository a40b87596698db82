#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/chunk.hpp>

#include <vector>

namespace logpipe::follow {

/// One descriptor that is readable when any of several is: the inotify queue and the streams.
class wake_set {
public:
  wake_set();

  int descriptor() const noexcept { return m_epoll.get(); }
  /// Wakes up for inotify events.
  void add_events(int descriptor);
  /// Wakes up for a stream. False for one that cannot be waited for because it never blocks: a
  /// regular file, /dev/null.
  bool add_stream(int descriptor, source_id source);
  void remove(int descriptor) noexcept;
  /// Appends the sources whose stream has bytes or has ended. Does not block.
  void take(std::vector<source_id>& ready);

private:
  fd m_epoll;
};

}  // namespace logpipe::follow
