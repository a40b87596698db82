#include <logpipe/kafka/error.hpp>

#include <librdkafka/rdkafka.h>

namespace logpipe::kafka {

const error_code no_such_partition = RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;

failure classify(error_code code) noexcept {
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return failure::none;

    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
      return failure::unreachable;

    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
    case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
    case RD_KAFKA_RESP_ERR_SECURITY_DISABLED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_DELEGATION_TOKEN_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_DELEGATION_TOKEN_EXPIRED:
      return failure::denied;

    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      return failure::missing;

    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return failure::too_large;

    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
    case RD_KAFKA_RESP_ERR_INVALID_MSG:
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
      return failure::invalid;

    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    // Each refused batch raises the epoch by one; from 32767 it begins at 0, which brokers refuse.
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
      return failure::fatal;

    default:
      return failure::other;
  }
}

const char* name_of(error_code code) noexcept {
  return rd_kafka_err2name(static_cast<rd_kafka_resp_err_t>(code));
}

const char* text_of(error_code code) noexcept {
  return rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(code));
}

kafka_error::kafka_error(error_code code, const std::string& asked, const std::string& detail)
    : std::runtime_error(asked + ": " + (detail.empty() ? text_of(code) : detail) + " (" +
                         name_of(code) + ")"),
      m_code(code) {}

bool kafka_error::timed_out() const noexcept {
  return m_code == RD_KAFKA_RESP_ERR__TIMED_OUT;
}

}  // namespace logpipe::kafka
