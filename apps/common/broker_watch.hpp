#pragma once

#include "connection_options.hpp"
#include "messages.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/connection.hpp>

#include <optional>
#include <string>

namespace logpipe::app {

/// What a tool makes of its brokers' silence: a message when an outage has stood for 2 s and one
/// when it is over, and when a bounded run has waited long enough. Also words what librdkafka logs.
class broker_watch {
public:
  /// `plan` and `out` must outlive it.
  broker_watch(const connection_plan& plan, messages& out) : m_plan(plan), m_out(out) {}

  void heard(const kafka::notice& notice, time_point now);
  /// Anything that only an answering broker can cause.
  void succeeded();
  /// Tells what has become news. Call now and then, at next_look() at the latest.
  void look(time_point now);
  std::optional<time_point> next_look() const;
  /// When an outage that stands will be told; nothing when there is none or it was.
  std::optional<time_point> news_due() const { return m_state.news_due(); }

  bool in_outage() const noexcept { return m_state.down_since().has_value(); }
  bool ever_succeeded() const noexcept { return m_state.ever_succeeded(); }
  /// The broker has said no since the last success.
  bool denied() const noexcept { return m_denied.has_value(); }
  void tell_denied() const;
  /// The outage has lasted for --connect-timeout.
  bool waited_long_enough(time_point now) const;
  void tell_waited_long_enough() const;
  /// "; no broker answers at ..." for a message about a limit that an outage has used up.
  std::string outage_suffix() const;

private:
  const connection_plan& m_plan;
  messages& m_out;
  kafka::connection_state m_state;
  std::optional<std::string> m_denied;
};

}  // namespace logpipe::app
