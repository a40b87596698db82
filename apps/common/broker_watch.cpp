#include "broker_watch.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

namespace logpipe::app {
namespace {

/// How often an outage is looked at while it lasts, for the message that is due after 2 s.
constexpr milliseconds look_interval{500};

}  // namespace

void broker_watch::heard(const kafka::notice& notice, time_point now) {
  switch (notice.what) {
    case kafka::notice::kind::log:
      m_out.detail("librdkafka: {}", notice.text);
      return;
    case kafka::notice::kind::denied:
      m_denied = notice.text;
      break;
    case kafka::notice::kind::other:
      m_out.detail("{}", notice.text);
      break;
    case kafka::notice::kind::unreachable:
    case kafka::notice::kind::fatal:
      break;
  }
  m_state.heard(notice, now);
}

void broker_watch::succeeded() {
  m_denied.reset();
  m_state.succeeded();
}

void broker_watch::look(time_point now) {
  switch (m_state.take_news(now)) {
    case kafka::connection_state::news::none:
      return;
    case kafka::connection_state::news::outage_began:
      m_out.warning("no broker answers at {}: {}; waiting{}", m_plan.settings.brokers(),
                    m_state.reason(), m_plan.files_read());
      return;
    case kafka::connection_state::news::outage_ended:
      m_out.warning("a broker answers again");
      return;
  }
}

std::optional<time_point> broker_watch::next_look() const {
  if (!m_state.down_since()) return std::nullopt;
  return clock::now() + look_interval;
}

void broker_watch::tell_denied() const {
  m_out.error("{} refuses us: {}", m_plan.settings.brokers(), *m_denied);
}

bool broker_watch::waited_long_enough(time_point now) const {
  const auto since = m_state.down_since();
  return since && now - *since >= m_plan.connect_timeout;
}

void broker_watch::tell_waited_long_enough() const {
  m_out.error("no broker answers at {} for {}: {}", m_plan.settings.brokers(),
              format_duration(m_plan.connect_timeout), m_state.reason());
}

std::string broker_watch::outage_suffix() const {
  if (!in_outage()) return "";
  return fmt::format("; no broker answers at {}: {}", m_plan.settings.brokers(), m_state.reason());
}

}  // namespace logpipe::app
