#pragma once

#include "common/progress.hpp"
#include "common/report_request.hpp"
#include "delivery.hpp"
#include "statistics_report.hpp"
#include "tally.hpp"

#include <logpipe/follow/follower.hpp>

#include <optional>

namespace logpipe::logtail {

/// How the run stands, told while it runs: statistics, metrics, the progress line.
class run_report {
public:
  /// All outlive it; what it tells is collected from them. `positions`: null where none are kept.
  run_report(const plan& plan, app::messages& out, const follow::follower& follower,
             const delivery& delivery, const tally& tally, const app::broker_watch& brokers,
             const remembering* positions);

  /// Tells what is due, or was asked for by SIGUSR1.
  void serve(time_point now);
  std::optional<time_point> due() const;
  int wake_fd() const noexcept { return m_request.wake_fd(); }
  /// The run is over.
  void end();

private:
  run_statistics collect() const;
  app::progress how_far() const;

  const plan& m_plan;
  const follow::follower& m_follower;
  const delivery& m_delivery;
  const tally& m_tally;
  const app::broker_watch& m_brokers;
  const remembering* m_positions;
  app::report_request m_request;
  statistics_report m_statistics;
  std::optional<app::progress_line> m_progress;
};

}  // namespace logpipe::logtail
