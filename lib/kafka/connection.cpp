#include <logpipe/kafka/connection.hpp>

#include <librdkafka/rdkafka.h>

namespace logpipe::kafka {

void connection_state::succeeded() {
  m_ever = true;
  if (!m_since) return;
  m_since.reset();
  m_over = m_told;
  m_told = false;
}

void connection_state::heard(const notice& heard, time_point now) {
  if (heard.what != notice::kind::unreachable && heard.what != notice::kind::denied) return;
  // "1/1 brokers are down" says less than the failure that came before it. Where none came, a
  // broker has closed an idle connection, which librdkafka keeps to itself: no outage.
  if (heard.code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) return;
  if (!m_since) m_since = now;
  m_reason = heard.text;
}

std::optional<time_point> connection_state::news_due() const {
  if (!m_since || m_told) return std::nullopt;
  return *m_since + m_patience;
}

connection_state::news connection_state::take_news(time_point now) {
  if (m_over) {
    m_over = false;
    return news::outage_ended;
  }
  if (m_since && !m_told && now - *m_since >= m_patience) {
    m_told = true;
    return news::outage_began;
  }
  return news::none;
}

}  // namespace logpipe::kafka
