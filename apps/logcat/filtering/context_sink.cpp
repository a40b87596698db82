#include "context_sink.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

/// Of all copies together. The rest of what a run takes is librdkafka's queues, about as much.
constexpr std::size_t memory_for_copies = 16UL * 1024 * 1024;

}  // namespace

context_sink::context_sink(const format::record_filter& filter, context_size size,
                           std::optional<std::int64_t> most, record_sink& next, shortage tell)
    : m_filter(filter),
      m_size(size),
      m_most(most),
      m_next(next),
      m_tell(std::move(tell)),
      m_memory{.most = memory_for_copies} {}

context_sink::partition& context_sink::partition_of(const record& record) {
  const kafka::topic_partition name{std::string(record.topic), record.partition};
  return m_partitions.try_emplace(name, m_size.before, m_memory).first->second;
}

// Only what a run leaves behind is copied: before a match in the same run its context still lies
// where it came.
std::size_t context_sink::take(std::span<const record> run) {
  partition& part = partition_of(run.front());
  std::size_t printed = 0;
  for (std::size_t at = 0; at < run.size(); ++at) {
    if (reached() && part.owed == 0) return at;
    if (!reached() && m_filter.passes(run[at])) {
      print_match(part, run.subspan(printed, at - printed), run[at]);
    } else if (part.owed > 0) {
      print(run[at]);
      owe(part, part.owed - 1);
    } else {
      continue;
    }
    printed = at + 1;
  }
  keep(part, run.subspan(printed));
  return run.size();
}

void context_sink::print_match(partition& part, std::span<const record> unprinted,
                               const record& match) {
  const std::size_t from_run = std::min(unprinted.size(), m_size.before);
  const std::size_t from_copies = std::min(part.earlier.size(), m_size.before - from_run);
  for (std::size_t left = from_copies; left > 0; --left) {
    print(part.earlier[part.earlier.size() - left]);
  }
  part.earlier.clear();
  for (const record& each : unprinted.last(from_run)) {
    print(each);
  }
  print(match);
  ++m_matches;
  owe(part, m_size.after);
}

void context_sink::owe(partition& part, std::size_t records) noexcept {
  m_owing += (records > 0 ? 1 : 0);
  m_owing -= (part.owed > 0 ? 1 : 0);
  part.owed = records;
}

void context_sink::keep(partition& part, std::span<const record> records) {
  if (m_size.before == 0 || part.earlier.add(records) || !m_tell) return;
  m_tell(m_memory.most);
  m_tell = nullptr;
}

}  // namespace logpipe::logcat
