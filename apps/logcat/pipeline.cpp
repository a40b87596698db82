#include "pipeline.hpp"

#include "common/terminal.hpp"
#include "filtering/counting_sink.hpp"
#include "filtering/histogram_sink.hpp"

#include <logpipe/base/parse.hpp>

#include <unistd.h>

namespace logpipe::logcat {

pipeline::pipeline(run_context& context, const plan& plan) : m_context(context), m_plan(plan) {
  if (plan.filtering.counts()) {
    m_summary = make_summary();
    m_entry = m_summary.get();
  } else {
    m_entry = &m_printer.emplace(context, plan);
  }
  add_filter(*m_entry);
  if (plan.progress) m_entry = &m_meter.emplace(context.messages(), *m_entry);
}

std::unique_ptr<summary_sink> pipeline::make_summary() const {
  const filtering_plan& filtering = m_plan.filtering;
  if (!filtering.histogram) return std::make_unique<counting_sink>(filtering.form);
  const chart_look look{.columns = app::columns_of(STDOUT_FILENO), .blocks = app::speaks_utf8()};
  return std::make_unique<histogram_sink>(*filtering.histogram, filtering.form, look);
}

// Context lines pass behind a match without counting for -c, so there one sink does both.
void pipeline::add_filter(record_sink& last) {
  const auto& [filter, context] = std::tie(m_plan.filtering.filter, m_plan.filtering.context);
  const auto count = m_plan.selection.count;
  if (!context.none()) {
    m_entry = &m_around.emplace(filter, context, count, last, [this](std::size_t most) {
      m_context.messages().warning(
          "the records before a match take more than {}; the first of them are left out",
          format_size(most));
    });
    return;
  }
  if (count) m_entry = &m_limit.emplace(*count, last);
  if (!filter.empty()) m_entry = &m_filter.emplace(filter, *m_entry);
}

bool pipeline::needs_headers(const plan& plan) noexcept {
  const bool printed = !plan.filtering.counts() && plan.printing.format.needs_headers();
  return printed || plan.filtering.filter.needs_headers();
}

void pipeline::measure(const assignment& parts) noexcept {
  if (m_meter) m_meter->measure(parts);
}

std::int64_t pipeline::found() const noexcept {
  if (m_around) return m_around->matches();
  return m_summary ? m_summary->records() : m_printer->printed();
}

void pipeline::finish(const assignment& read) {
  if (m_meter) m_meter->erase();
  if (!m_summary) return;
  output_buffer text(4096);
  m_summary->append_to(text, read);
  m_context.write(text.view());
}

}  // namespace logpipe::logcat
