#include "counting_sink.hpp"

#include <logpipe/format/json_line.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace logpipe::logcat {
namespace {

struct row {
  std::string name;
  std::string count;
};

void append_aligned(output_buffer& out, const std::vector<row>& rows) {
  std::size_t name_width = 0;
  std::size_t count_width = 0;
  for (const auto& [name, count] : rows) {
    name_width = std::max(name_width, name.size());
    count_width = std::max(count_width, count.size());
  }
  for (const auto& [name, count] : rows) {
    out.append(fmt::format("{:<{}}  {:>{}}\n", name, name_width, count, count_width));
  }
}

}  // namespace

std::size_t counting_sink::take(std::span<const record> run) {
  const auto records = static_cast<std::int64_t>(run.size());
  m_counts[{std::string(run.front().topic), run.front().partition}] += records;
  m_total += records;
  return run.size();
}

void counting_sink::append_to(output_buffer& out, const assignment& read) {
  for (const auto& part : read) {
    m_counts.try_emplace({part.topic, part.partition});
  }
  std::vector<row> rows;
  for (const auto& [of, count] : m_counts) {
    if (m_form == count_form::json) {
      format::json_line(out)
          .text("topic", of.topic)
          .number("partition", of.partition)
          .number("count", count);
    } else {
      rows.push_back({fmt::format("{} [{}]", of.topic, of.partition), std::to_string(count)});
    }
  }
  if (m_form == count_form::json) {
    format::json_line(out).number("total", m_total);
  } else {
    rows.push_back({"total", std::to_string(m_total)});
    append_aligned(out, rows);
  }
}

}  // namespace logpipe::logcat
