#pragma once

#include <cstdint>
#include <deque>

namespace logpipe::logcat {

/// Finds the last N records of a partition's log [begin, end), where offsets are not records:
/// windows of it are read from the end backwards, each twice as wide as the one before, until N
/// records were seen or the log's start is reached. Pure bookkeeping.
class tail_window {
public:
  tail_window(std::int64_t begin, std::int64_t end, std::int64_t wanted);

  /// No further window need be read to know start(). True at once where the log is no longer than
  /// what is wanted.
  bool complete() const noexcept { return m_complete; }
  /// The stretch to read now: [from, to).
  std::int64_t from() const noexcept { return m_from; }
  std::int64_t to() const noexcept { return m_to; }

  /// A record of the current window, in order.
  void saw(std::int64_t offset);
  /// All of the current window was read: goes on to the one before it, unless complete.
  void finish_window();

  /// Once complete: reading from here gives the last N records, or all where there are fewer.
  std::int64_t start() const noexcept { return m_start; }

private:
  std::int64_t m_begin;
  std::int64_t m_from;
  std::int64_t m_to;
  /// Records that the windows read so far leave to be found.
  std::int64_t m_wanted;
  std::int64_t m_start;
  /// The last records of the current window, as many as are still wanted.
  std::deque<std::int64_t> m_last;
  std::int64_t m_in_window = 0;
  bool m_complete;
};

}  // namespace logpipe::logcat
