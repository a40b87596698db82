#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace logpipe::kafka {

/// What a handle says about its brokers, beside the answers to what it was asked.
struct notice {
  enum class kind {
    /// A connection failed or was lost, a name did not resolve; librdkafka goes on trying.
    unreachable,
    /// The broker says no (authentication, certificate).
    denied,
    /// The instance cannot be used any more.
    fatal,
    /// A line of librdkafka's log, for --verbose.
    log,
    other,
  };
  kind what;
  error_code code = 0;
  std::string text;
};

/// Keeps of the notices and successes of a handle what a person needs to hear: told once when an
/// outage has lasted for `patience`, and once when it is over. Pure bookkeeping with a logical
/// clock.
class connection_state {
public:
  explicit connection_state(milliseconds patience = milliseconds(2000)) : m_patience(patience) {}

  /// Anything that only an answering broker can cause: an acknowledgement, metadata, a record.
  void succeeded();
  void heard(const notice& heard, time_point now);

  enum class news { none, outage_began, outage_ended };
  /// What is to be told now; each turn is reported once.
  news take_news(time_point now);
  /// When the outage will be news; nothing when there is none or it was told.
  std::optional<time_point> news_due() const;
  /// The text of the outage's last notice.
  const std::string& reason() const noexcept { return m_reason; }
  /// Since when no broker answers; nothing while one does.
  std::optional<time_point> down_since() const noexcept { return m_since; }
  bool ever_succeeded() const noexcept { return m_ever; }

private:
  milliseconds m_patience;
  std::optional<time_point> m_since;
  std::string m_reason;
  bool m_told = false;
  bool m_over = false;
  bool m_ever = false;
};

}  // namespace logpipe::kafka
