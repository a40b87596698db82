#include "histogram_sink.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/format/json_line.hpp>
#include <logpipe/format/time_text.hpp>

#include <fmt/format.h>

#include <chrono>
#include <string_view>

namespace logpipe::logcat {
namespace {

/// Some 24 MB.
constexpr std::size_t most_buckets = 500'000;
/// Fewer empty ones than this are shown one by one.
constexpr std::int64_t long_gap = 5;

/// As much of a time as tells the beginnings of buckets of that width apart.
std::string_view time_pattern(milliseconds width) {
  using namespace std::chrono;
  if (width % days(1) == milliseconds(0)) return "%F";
  if (width % minutes(1) == milliseconds(0)) return "%F %H:%M";
  return width % seconds(1) == milliseconds(0) ? "%F %T" : "%F %T.%3N";
}

std::string label_of(format::time_text& times, std::int64_t timestamp) {
  output_buffer text(64);
  times.append(text, timestamp);
  return std::string(text.view());
}

}  // namespace

histogram_sink::histogram_sink(milliseconds width, count_form form, chart_look look)
    : m_buckets(width), m_form(form), m_look(look) {}

std::size_t histogram_sink::take(std::span<const record> run) {
  for (const record& each : run) {
    if (each.kind == timestamp_kind::none) {
      ++m_without_time;
      continue;
    }
    ++count_of(m_buckets.number_of(each.timestamp));
  }
  m_total += static_cast<std::int64_t>(run.size());
  return run.size();
}

std::int64_t& histogram_sink::count_of(std::int64_t number) {
  if (m_last_count != nullptr && m_last_number == number) return *m_last_count;
  if (m_counts.size() == most_buckets && !m_counts.contains(number)) {
    throw app::usage_error(fmt::format(
        "--histogram: the records lie in more than {} stretches of {}; write a longer one",
        most_buckets, format_duration(m_buckets.width())));
  }
  m_last_number = number;
  m_last_count = &m_counts[number];
  return *m_last_count;
}

void histogram_sink::append_to(output_buffer& out, const assignment& /*read*/) {
  if (m_form == count_form::json) {
    append_json(out);
  } else {
    append_chart(out, rows(), m_look);
  }
}

void histogram_sink::append_json(output_buffer& out) const {
  for (const auto& [number, count] : m_counts) {
    format::json_line(out)
        .number("from", m_buckets.begin_of(number))
        .number("to", m_buckets.begin_of(number + 1))
        .number("count", count);
  }
  if (m_without_time > 0) format::json_line(out).number("without_time", m_without_time);
  format::json_line(out).number("total", m_total);
}

std::vector<chart_row> histogram_sink::rows() const {
  using kind = chart_row::kind;
  format::time_text times(time_pattern(m_buckets.width()));
  std::vector<chart_row> rows;
  const auto add_bar = [&](std::int64_t number, std::int64_t count) {
    rows.push_back({kind::bar, label_of(times, m_buckets.begin_of(number)), count});
  };
  std::int64_t next = m_counts.empty() ? 0 : m_counts.begin()->first;
  for (const auto& [number, count] : m_counts) {
    if (number - next >= long_gap) {
      rows.push_back({kind::gap, "...", number - next});
      next = number;
    }
    for (; next < number; ++next) {
      add_bar(next, 0);
    }
    add_bar(number, count);
    next = number + 1;
  }
  if (m_without_time > 0) rows.push_back({kind::sum, "without time", m_without_time});
  rows.push_back({kind::sum, "total", m_total});
  return rows;
}

}  // namespace logpipe::logcat
