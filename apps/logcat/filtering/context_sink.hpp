#pragma once

#include "earlier_records.hpp"
#include "logcat/reading/record_sink.hpp"

#include <logpipe/format/record_filter.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace logpipe::logcat {

/// How many records of its partition are printed around a match.
struct context_size {
  std::size_t before = 0;
  std::size_t after = 0;

  bool none() const noexcept { return before == 0 && after == 0; }
};

/// Lets the records pass that a filter wants, and those around them: each once, in the order of its
/// partition.
///
/// As with grep's -m, a limit counts matches alone. Behind the last one each partition still gives
/// the context that follows a match of its own, whatever is in it.
class context_sink : public record_sink {
public:
  /// Called once when records before a match were let go because they take too much memory.
  using shortage = std::function<void(std::size_t most_memory)>;

  /// Filter and next must outlive it. `most`: of matches.
  context_sink(const format::record_filter& filter, context_size size,
               std::optional<std::int64_t> most, record_sink& next, shortage tell);

  std::size_t take(std::span<const record> run) override;
  void flush() override { m_next.flush(); }
  bool enough() const override { return (reached() && m_owing == 0) || m_next.enough(); }

  std::int64_t matches() const noexcept { return m_matches; }

private:
  struct partition {
    partition(std::size_t most, copies_memory& memory) : earlier(most, memory) {}

    earlier_records earlier;
    /// Records that are to be printed behind the last match.
    std::size_t owed = 0;
  };

  partition& partition_of(const record& record);
  bool reached() const noexcept { return m_most && m_matches >= *m_most; }
  void print(const record& record) { m_next.take({&record, 1}); }
  void print_match(partition& part, std::span<const record> unprinted, const record& match);
  void owe(partition& part, std::size_t records) noexcept;
  void keep(partition& part, std::span<const record> records);

  const format::record_filter& m_filter;
  context_size m_size;
  std::optional<std::int64_t> m_most;
  record_sink& m_next;
  shortage m_tell;
  copies_memory m_memory;
  std::map<kafka::topic_partition, partition> m_partitions;
  std::int64_t m_matches = 0;
  /// Partitions that owe something.
  std::size_t m_owing = 0;
};

}  // namespace logpipe::logcat
