#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace logpipe::logcat {

/// Offsets [first, end) of which no record came.
struct missing_run {
  enum class verdict : std::uint8_t {
    /// Read uncommitted, they are there.
    aborted,
    /// Markers of transactions, what compaction took, or records that were lost: these look alike.
    unknown,
  };
  std::int64_t first = 0;
  std::int64_t end = 0;
  verdict why = verdict::unknown;

  std::int64_t offsets() const noexcept { return end - first; }
};

/// How many runs may still be remembered, over all partitions: what a check takes of memory. A
/// compacted topic may have one for every second offset.
using run_budget = std::size_t;

/// Looks for what is missing in one partition: first at the records as a reader sees them who reads
/// committed ones, then, from the first offset that was missing on, at all of them. Pure
/// bookkeeping.
class partition_check {
public:
  /// The log's offsets are [begin, end). `budget` must outlive it.
  partition_check(std::int64_t begin, std::int64_t end, run_budget& budget)
      : m_begin(begin), m_end(end), m_next(begin), m_first_missing(end), m_budget(&budget) {}

  /// A record came. Hot path.
  void saw(std::int64_t offset) {
    if (offset == m_next) {
      ++m_next;
      ++m_records;
    } else {
      saw_other(offset);
    }
  }
  /// No record below `offset` will come any more.
  void passed(std::int64_t offset);

  /// Something is missing: reading uncommitted from first_missing() to missing_end() tells more.
  bool misses_any() const noexcept { return m_missing > 0; }
  std::int64_t first_missing() const noexcept { return m_first_missing; }
  std::int64_t missing_end() const noexcept { return m_missing_end; }
  /// A record came in that second reading. Hot path too.
  void saw_uncommitted(std::int64_t offset);

  std::int64_t begin() const noexcept { return m_begin; }
  std::int64_t end() const noexcept { return m_end; }
  std::int64_t next() const noexcept { return m_next; }
  std::int64_t records() const noexcept { return m_records; }
  std::int64_t missing() const noexcept { return m_missing; }
  /// Of the missing ones, as far as runs are remembered.
  std::int64_t aborted() const noexcept { return m_aborted; }
  /// Records that came twice in a row, and those that came behind a later one.
  std::int64_t repeated() const noexcept { return m_repeated; }
  std::int64_t out_of_order() const noexcept { return m_out_of_order; }
  /// Missing offsets that are counted alone: there were more runs than can be remembered.
  std::int64_t not_remembered() const noexcept { return m_not_remembered; }

  /// The runs that are missing, in order, divided where the verdict changes.
  void for_each_run(const std::function<void(const missing_run&)>& tell) const;

private:
  struct stretch {
    std::int64_t first;
    std::int64_t end;
  };
  void saw_other(std::int64_t offset);
  void miss(std::int64_t first, std::int64_t end);
  /// Appends it to what is remembered, or to its last run where they touch; false: no more fit.
  bool remember(std::vector<stretch>& runs, stretch added);

  std::int64_t m_begin;
  std::int64_t m_end;
  std::int64_t m_next;  // expected
  std::int64_t m_first_missing;
  std::int64_t m_missing_end = 0;
  std::int64_t m_records = 0;
  std::int64_t m_missing = 0;
  std::int64_t m_aborted = 0;
  std::int64_t m_repeated = 0;
  std::int64_t m_out_of_order = 0;
  std::int64_t m_not_remembered = 0;
  run_budget* m_budget;
  std::vector<stretch> m_missing_runs;
  std::vector<stretch> m_aborted_runs;  // each lies in one of those
  std::size_t m_at = 0;                 // in m_missing_runs, in the second reading
};

}  // namespace logpipe::logcat
