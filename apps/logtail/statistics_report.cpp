#include "statistics_report.hpp"

#include "common/wait.hpp"

#include <chrono>

namespace logpipe::logtail {
namespace {

constexpr std::chrono::seconds metrics_every{15};

}  // namespace

statistics_report::statistics_report(const options& how, app::messages& out, collector collect,
                                     time_point now)
    : m_out(out), m_collect(std::move(collect)), m_stats_every(how.stats) {
  if (how.stats) m_next_stats = now + *how.stats;
  if (!how.metrics) return;
  m_metrics.emplace(*how.metrics, out);
  m_next_metrics = now;
}

void statistics_report::serve(time_point now) {
  if (m_next_stats && now >= *m_next_stats) {
    tell();
    m_next_stats = now + *m_stats_every;
  }
  if (m_next_metrics && now >= *m_next_metrics) {
    m_metrics->replace(prometheus_text(m_collect()));
    m_next_metrics = now + metrics_every;
  }
}

std::optional<time_point> statistics_report::due() const {
  return app::earlier(m_next_stats, m_next_metrics);
}

void statistics_report::end() {
  if (m_stats_every) tell();
  if (m_metrics) m_metrics->replace(prometheus_text(m_collect()));
}

}  // namespace logpipe::logtail
