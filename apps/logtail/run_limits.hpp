#pragma once

#include "common/broker_watch.hpp"
#include "common/exit_code.hpp"
#include "delivery.hpp"
#include "plan.hpp"

#include <logpipe/follow/follower.hpp>

#include <optional>

namespace logpipe::logtail {

/// When a run must end though not all is done, and with what.
class run_limits {
public:
  /// All outlive it. --timeout counts from here.
  run_limits(const plan& plan, const follow::follower& follower, const delivery& delivery,
             const app::broker_watch& brokers);

  /// The end of --timeout.
  std::optional<time_point> deadline() const noexcept { return m_deadline; }
  /// A signal asked for the end: --stop-timeout counts from `now`.
  void stopping(time_point now) { m_stop_deadline = now + m_plan.stop_timeout; }
  /// The next deadline.
  std::optional<time_point> due() const;
  /// Tells why it must end now, where the brokers are why. Nothing: it goes on. Asked when delivery
  /// has started; `more_to_read`: as far as the last turn saw.
  std::optional<app::exit_code> reached(time_point now, bool more_to_read) const;

private:
  bool nothing_moves(time_point now, bool more_to_read) const;

  const plan& m_plan;
  const follow::follower& m_follower;
  const delivery& m_delivery;
  const app::broker_watch& m_brokers;
  std::optional<time_point> m_deadline;
  std::optional<time_point> m_stop_deadline;
};

}  // namespace logpipe::logtail
