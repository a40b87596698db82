#pragma once

#include <logpipe/base/owned_record.hpp>
#include <logpipe/base/record.hpp>

#include <cstddef>
#include <vector>

namespace logpipe::logcat {

/// Keeps the N newest records that it is shown, in any order: by time, those of one time by topic,
/// partition and offset. Memory: N records.
class newest_records {
public:
  explicit newest_records(std::size_t most) : m_most(most) {}

  /// Copies the record if it is among the newest so far.
  void add(const record& record);

  /// What is kept, oldest first. Empty afterwards.
  std::vector<owned_record> take();

private:
  std::size_t m_most;
  std::vector<owned_record> m_records;  // a heap, the oldest in front
};

}  // namespace logpipe::logcat
