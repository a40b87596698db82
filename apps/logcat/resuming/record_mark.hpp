#pragma once

#include <logpipe/base/record.hpp>

#include <cstdint>

namespace logpipe::logcat {

/// By what a record is known again: whether an offset of a topic still holds what it held.
struct record_mark {
  std::int64_t offset = 0;
  std::int64_t timestamp = 0;
  /// Of key and value; a null is not an empty one.
  std::uint64_t hash = 0;

  bool operator==(const record_mark&) const = default;
};

/// Of a large value only both ends and the size count, so that reading it stays cheaper than
/// printing it.
record_mark mark_of(const record& of) noexcept;

}  // namespace logpipe::logcat
