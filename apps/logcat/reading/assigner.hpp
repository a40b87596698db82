#pragma once

#include "logcat/selection/lookup.hpp"
#include "record_sink.hpp"

namespace logpipe::logcat {

/// Who decides, while a run goes on, which partitions are read: a consumer group.
class assigner {
public:
  virtual ~assigner() = default;

  /// Carries out what has been decided since the last call: starts to read what is ours now, and
  /// lets go of what is not; `sink` is flushed before.
  virtual void serve(record_sink& sink) = 0;
  /// One that appeared; it is given out like any other.
  virtual void found(const partition_log& log) = 0;
  /// Once all that is ours has been read, the run may end: it is one that ends, and everything
  /// there is to read has been given out, to us or to others.
  virtual bool settled() = 0;
  /// Readable when there is something to serve.
  virtual int wake_fd() const noexcept = 0;
};

}  // namespace logpipe::logcat
