#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/handle.hpp>

#include <cstddef>
#include <string>

namespace logpipe::kafka {

class config;

/// Wakes the fetchers of a consumer, which librdkafka 2.0 does not do.
///
/// When a partition's queue is full, its broker's thread stops fetching it and sleeps, up to a
/// second, for nothing tells it that the queue has been emptied. Whoever reads slower than the
/// broker sends stands still in these gaps. (From 2.2 on fetch.queue.backoff.ms bounds that sleep.)
///
/// The trick: rd_kafka_sasl_set_credentials() ends with a wake-up of all broker threads, asks no
/// broker anything and does not block. It is given the credentials that are in force; where there
/// are none, nobody looks at them. With GSSAPI, which would look, it is left alone.
///
/// When: every `interval` while records come, so that a queue is filled again while the others are
/// read; and once when all have been taken, for then whatever was stopped can go on, and the reader
/// may sleep. A few small records cannot have filled a queue and wake nobody.
class fetch_waker {
public:
  fetch_waker(const config& settings, milliseconds interval);

  /// Tells of one batch that was taken: the sum of its records' sizes, 0 when it was empty.
  void taken(rd_kafka_s* handle, std::size_t volume, time_point now);

private:
  void wake(rd_kafka_s* handle, time_point now);

  std::string m_username;
  std::string m_password;
  milliseconds m_interval;
  bool m_enabled;
  std::size_t m_volume = 0;  // since the last wake-up
  time_point m_last{};
};

}  // namespace logpipe::kafka
