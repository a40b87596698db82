#pragma once

#include "kept_position.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

struct partition_position {
  std::string topic;
  std::int32_t partition = 0;
  kept_position at;
};

/// Where the positions of a run are kept for the next one. For one thread.
class position_store {
public:
  virtual ~position_store() = default;

  /// All of them (there may be none, at the begin), or none. Empty: they are kept, whatever happens
  /// to the process from now on. Otherwise why they are not, in words; they may be given again
  /// later.
  virtual std::string keep(const std::vector<partition_position>& positions) = 0;
};

}  // namespace logpipe::logcat
