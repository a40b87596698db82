#include <logpipe/kafka/error.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>

#include <string>

using namespace logpipe::kafka;

TEST_CASE("failures are told apart by what they mean for us") {
  const auto [code, kind] = GENERATE(table<error_code, failure>({
      {RD_KAFKA_RESP_ERR_NO_ERROR, failure::none},
      {RD_KAFKA_RESP_ERR__TRANSPORT, failure::unreachable},
      {RD_KAFKA_RESP_ERR__RESOLVE, failure::unreachable},
      {RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, failure::unreachable},
      {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, failure::denied},
      {RD_KAFKA_RESP_ERR__AUTHENTICATION, failure::denied},
      {RD_KAFKA_RESP_ERR__SSL, failure::denied},
      {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, failure::missing},
      {RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, failure::missing},
      {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, failure::too_large},
      {RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, failure::too_large},
      {RD_KAFKA_RESP_ERR_INVALID_RECORD, failure::invalid},
      {RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, failure::invalid},
      {RD_KAFKA_RESP_ERR__FATAL, failure::fatal},
      {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, failure::fatal},
      {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, failure::other},
      {RD_KAFKA_RESP_ERR__PURGE_QUEUE, failure::other},
  }));
  CAPTURE(name_of(code));
  CHECK(classify(code) == kind);
}

TEST_CASE("a kafka_error says what was asked for, why it failed and the code's name") {
  const kafka_error error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "metadata of topic test");
  CHECK(std::string(error.what()) ==
        "metadata of topic test: Broker: Unknown topic or partition (UNKNOWN_TOPIC_OR_PART)");
  CHECK(error.kind() == failure::missing);
}

TEST_CASE("a detail takes the place of the general text") {
  const kafka_error error(RD_KAFKA_RESP_ERR__TRANSPORT, "list of topics", "connection refused");
  CHECK(std::string(error.what()) == "list of topics: connection refused (_TRANSPORT)");
}
