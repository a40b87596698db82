#include "run_limits.hpp"

#include "common/wait.hpp"

namespace logpipe::logtail {

run_limits::run_limits(const plan& plan, const follow::follower& follower, const delivery& delivery,
                       const app::broker_watch& brokers)
    : m_plan(plan), m_follower(follower), m_delivery(delivery), m_brokers(brokers) {
  if (plan.timeout) m_deadline = clock::now() + *plan.timeout;
}

std::optional<time_point> run_limits::due() const {
  return app::earlier(m_deadline, m_stop_deadline);
}

std::optional<app::exit_code> run_limits::reached(time_point now, bool more_to_read) const {
  const auto next = due();
  if (next && now >= *next) return app::exit_code::incomplete;
  if (m_brokers.denied() && (m_plan.bounded || !m_brokers.ever_succeeded())) {
    m_brokers.tell_denied();
    return app::exit_code::failed;
  }
  if (!m_plan.bounded) return std::nullopt;
  if (m_brokers.waited_long_enough(now)) {
    m_brokers.tell_waited_long_enough();
    return app::exit_code::incomplete;
  }
  if (nothing_moves(now, more_to_read)) return app::exit_code::failed;
  return std::nullopt;
}

/// Nothing is left to read, and what was read waits for what this run does not wait for.
bool run_limits::nothing_moves(time_point now, bool more_to_read) const {
  const bool can_read = more_to_read && m_delivery.has_room();
  const bool waits_for_input = m_delivery.unfinished() == 0 && !m_follower.finished_but_held();
  return !can_read && !waits_for_input && m_delivery.is_stuck_for_good(now);
}

}  // namespace logpipe::logtail
