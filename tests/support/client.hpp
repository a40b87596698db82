#pragma once

#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <librdkafka/rdkafka.h>

#include <string>
#include <utility>
#include <vector>

namespace logpipe::test {

using client_ptr = kafka::owned_ptr<rd_kafka_t, rd_kafka_destroy>;
/// Keys and values, as librdkafka or the broker names them.
using settings = std::vector<std::pair<std::string, std::string>>;

/// A producer of a broker, silent on stderr. Throws std::runtime_error for a setting that is wrong.
client_ptr make_producer(const settings& with);

/// Throws std::runtime_error with the error's text and what was asked for, unless it is none.
void check(rd_kafka_resp_err_t error, const std::string& asked);

}  // namespace logpipe::test
