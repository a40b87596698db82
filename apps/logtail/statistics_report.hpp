#pragma once

#include "common/messages.hpp"
#include "metrics_file.hpp"
#include "run_statistics.hpp"

#include <logpipe/base/clock.hpp>

#include <functional>
#include <optional>
#include <string>

namespace logpipe::logtail {

/// Tells the statistics when that is due: as JSON on stderr (--stats, SIGUSR1), and to the file of
/// --metrics.
class statistics_report {
public:
  struct options {
    std::optional<milliseconds> stats;
    std::optional<std::string> metrics;
  };
  /// Called when they are to be told, and not otherwise: collecting may cost something.
  using collector = std::function<run_statistics()>;

  statistics_report(const options& how, app::messages& out, collector collect, time_point now);

  /// Tells what is due.
  void serve(time_point now);
  /// When serve() has something to do.
  std::optional<time_point> due() const;
  /// They were asked for.
  void tell() { m_out.write(statistics_json(m_collect())); }
  /// The run is over.
  void end();

private:
  app::messages& m_out;
  collector m_collect;
  std::optional<milliseconds> m_stats_every;
  std::optional<metrics_file> m_metrics;
  std::optional<time_point> m_next_stats;
  std::optional<time_point> m_next_metrics;
};

}  // namespace logpipe::logtail
