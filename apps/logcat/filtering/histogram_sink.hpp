#pragma once

#include "bar_chart.hpp"
#include "summary_sink.hpp"
#include "time_buckets.hpp"

#include <map>
#include <vector>

namespace logpipe::logcat {

/// Counts the records of each stretch of time (--histogram).
class histogram_sink : public summary_sink {
public:
  /// `look` is that of the text form.
  histogram_sink(milliseconds width, count_form form, chart_look look);

  /// Throws usage_error when the records lie in more stretches than memory should be spent on.
  std::size_t take(std::span<const record> run) override;
  std::int64_t records() const noexcept override { return m_total; }
  /// A bar each from the first stretch with a record to the last, under local times; where many are
  /// empty, one line for all of them. In JSON {"from","to","count"} (milliseconds) for those that
  /// are not empty. Then the records without a timestamp, if there are any, and the total.
  void append_to(output_buffer& out, const assignment& read) override;

private:
  void append_json(output_buffer& out) const;
  std::vector<chart_row> rows() const;
  std::int64_t& count_of(std::int64_t number);

  time_buckets m_buckets;
  count_form m_form;
  chart_look m_look;
  std::map<std::int64_t, std::int64_t> m_counts;
  /// The one that was counted in last: neighbours mostly share it.
  std::int64_t m_last_number = 0;
  std::int64_t* m_last_count = nullptr;
  std::int64_t m_without_time = 0;
  std::int64_t m_total = 0;
};

}  // namespace logpipe::logcat
