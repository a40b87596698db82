#include "partition_check.hpp"

#include <algorithm>

namespace logpipe::logcat {

void partition_check::saw_other(std::int64_t offset) {
  if (offset > m_next) {
    miss(m_next, offset);
    m_next = offset + 1;
    ++m_records;
  } else if (offset == m_next - 1) {
    ++m_repeated;
  } else {
    ++m_out_of_order;
  }
}

void partition_check::passed(std::int64_t offset) {
  offset = std::min(offset, m_end);
  if (offset <= m_next) return;
  miss(m_next, offset);
  m_next = offset;
}

void partition_check::miss(std::int64_t first, std::int64_t end) {
  if (!misses_any()) m_first_missing = first;
  m_missing_end = end;
  m_missing += end - first;
  if (!remember(m_missing_runs, {first, end})) m_not_remembered += end - first;
}

bool partition_check::remember(std::vector<stretch>& runs, stretch added) {
  if (!runs.empty() && runs.back().end == added.first) {
    runs.back().end = added.end;
    return true;
  }
  if (*m_budget == 0) return false;
  --*m_budget;
  runs.push_back(added);
  return true;
}

void partition_check::saw_uncommitted(std::int64_t offset) {
  while (m_at < m_missing_runs.size() && m_missing_runs[m_at].end <= offset) {
    ++m_at;
  }
  if (m_at == m_missing_runs.size() || offset < m_missing_runs[m_at].first) return;
  if (remember(m_aborted_runs, {offset, offset + 1})) ++m_aborted;
}

void partition_check::for_each_run(const std::function<void(const missing_run&)>& tell) const {
  using verdict = missing_run::verdict;
  auto aborted = m_aborted_runs.begin();
  for (const auto& run : m_missing_runs) {
    std::int64_t at = run.first;
    for (; aborted != m_aborted_runs.end() && aborted->first < run.end; ++aborted) {
      if (at < aborted->first) tell({at, aborted->first, verdict::unknown});
      tell({aborted->first, aborted->end, verdict::aborted});
      at = aborted->end;
    }
    if (at < run.end) tell({at, run.end, verdict::unknown});
  }
}

}  // namespace logpipe::logcat
