#pragma once

#include <logpipe/base/record.hpp>

#include <cstddef>
#include <span>

namespace logpipe::logcat {

/// Where records go, a run of them at a time: a virtual call costs nothing for a run.
class record_sink {
public:
  virtual ~record_sink() = default;

  /// A run: records of one partition, in order; the views are valid during the call. Says how many
  /// of them were dealt with: fewer than all when no further record of that partition is wanted.
  virtual std::size_t take(std::span<const record> run) = 0;
  /// Nothing more is there for the moment: what is held is written out.
  virtual void flush() = 0;
  /// No further record is wanted.
  virtual bool enough() const = 0;
};

}  // namespace logpipe::logcat
