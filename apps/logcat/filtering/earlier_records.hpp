#pragma once

#include <logpipe/base/owned_record.hpp>
#include <logpipe/base/record.hpp>

#include <cstddef>
#include <deque>
#include <span>

namespace logpipe::logcat {

/// How much memory the copies of all partitions take, and may take.
struct copies_memory {
  std::size_t most = 0;
  std::size_t used = 0;
};

/// Copies of the last records of a partition, for when it turns out that they are wanted.
class earlier_records {
public:
  /// Keeps up to `most` records and what is left of `memory`, which must outlive this.
  earlier_records(std::size_t most, copies_memory& memory) : m_most(most), m_memory(&memory) {}
  ~earlier_records() { clear(); }
  earlier_records(const earlier_records&) = delete;
  earlier_records& operator=(const earlier_records&) = delete;

  /// Records that came behind all earlier ones. False when the memory was too small for as many as
  /// should be kept; the oldest are let go then.
  bool add(std::span<const record> records);
  void clear() noexcept;

  std::size_t size() const noexcept { return m_records.size(); }
  /// The oldest is 0.
  const record& operator[](std::size_t index) const { return m_records[index].get(); }

private:
  void let_go_of_oldest() noexcept;

  std::size_t m_most;
  copies_memory* m_memory;
  std::deque<owned_record> m_records;
};

}  // namespace logpipe::logcat
