#pragma once

#include "summary_sink.hpp"

#include <logpipe/kafka/topics.hpp>

#include <cstdint>
#include <map>

namespace logpipe::logcat {

/// Counts the records of each partition (--count-only). Those that were read without one count 0;
/// the total comes last.
class counting_sink : public summary_sink {
public:
  explicit counting_sink(count_form form) : m_form(form) {}

  std::size_t take(std::span<const record> run) override;
  std::int64_t records() const noexcept override { return m_total; }
  /// `orders [0]  812` each, or {"topic":"orders","partition":0,"count":812}; then the total.
  void append_to(output_buffer& out, const assignment& read) override;

private:
  count_form m_form;
  std::map<kafka::topic_partition, std::int64_t> m_counts;
  std::int64_t m_total = 0;
};

}  // namespace logpipe::logcat
