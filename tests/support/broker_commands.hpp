#pragma once

#include <string>
#include <support/mock_cluster.hpp>

namespace logpipe::test {

/// Does to a cluster what a line of text says, and gives the answer's line: "done", or what was
/// wrong.
///
///   lead TOPIC PARTITION BROKER   -1: nobody leads it
///   down|up BROKER
///   error TOPIC CODE              what metadata says of the topic, as librdkafka's number; 0: none
std::string execute(mock_cluster& cluster, const std::string& command);

}  // namespace logpipe::test
