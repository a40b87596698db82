#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/internal/fetch_waker.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

namespace logpipe::kafka {
namespace {

using error_ptr = owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy>;

constexpr std::size_t least_volume = 4096;  // bytes; no queue is full with less

bool uses_gssapi(const config& settings) {
  const auto protocol = settings.get("security.protocol").value_or("plaintext");
  const bool sasl =
      protocol.find("sasl") != std::string::npos || protocol.find("SASL") != std::string::npos;
  return sasl && settings.get("sasl.mechanism").value_or("GSSAPI") == "GSSAPI";
}

}  // namespace

fetch_waker::fetch_waker(const config& settings, milliseconds interval)
    : m_username(settings.get("sasl.username").value_or("")),
      m_password(settings.get("sasl.password").value_or("")),
      m_interval(interval),
      m_enabled(!uses_gssapi(settings)) {}

void fetch_waker::taken(rd_kafka_s* handle, std::size_t volume, time_point now) {
  m_volume += volume;
  if (!m_enabled || m_volume < least_volume) return;
  if (volume == 0 || now - m_last >= m_interval) wake(handle, now);
}

void fetch_waker::wake(rd_kafka_s* handle, time_point now) {
  const error_ptr ignored(
      rd_kafka_sasl_set_credentials(handle, m_username.c_str(), m_password.c_str()));
  m_volume = 0;
  m_last = now;
}

}  // namespace logpipe::kafka
