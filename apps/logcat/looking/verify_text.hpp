#pragma once

#include "partition_check.hpp"

#include <logpipe/base/output.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace logpipe::logcat {

/// A partition, and what came out.
struct checked_partition {
  std::string topic;
  std::int32_t partition = 0;
  partition_check check;
  /// It was read up to the end that it had at the start.
  bool complete = false;
};

// Text for eyes: a line for each run of missing offsets, then a table of the partitions and a line
// of totals. JSON: an object per line; names and shapes are part of the contract:
//
//   {"type":"missing","topic","partition","first","last","offsets","verdict"}
//   {"type":"partition","topic","partition","first","end","records","missing","aborted","unlisted",
//    "repeated","out_of_order","complete"}
//   {"type":"total","partitions","records","missing","aborted","repeated","out_of_order","complete"}
//
// "first" and "last" are offsets, "end" the one behind the last. "verdict" is "aborted" or
// "unknown": a marker, compaction or loss. All else are counts but "complete", a boolean: read to
// the end that the log had at the start. "unlisted" are missing offsets for whose runs there was no
// room.

void append_run(output_buffer& out, const checked_partition& of, const missing_run& run, bool json);
/// `coloured`: for a terminal, rows that are not well stand out.
void append_summary(output_buffer& out, std::span<const checked_partition> partitions, bool json,
                    bool coloured);

}  // namespace logpipe::logcat
