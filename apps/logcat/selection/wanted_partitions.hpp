#pragma once

#include "plan.hpp"

#include <logpipe/kafka/topics.hpp>

namespace logpipe::logcat {

/// Takes the partitions away that the plan does not ask for. Throws std::runtime_error when the
/// topic is asked for by its name and lacks some that are; one that an expression found gives those
/// that it has. Of a topic with an error the brokers told no partitions: nothing is thrown.
void keep_wanted(kafka::topic_info& topic, const selection_plan& wanted);

/// Throws kafka_error, of the sort that is asked again for, when partitions have no leader.
void require_leaders(const kafka::topic_info& topic);

}  // namespace logpipe::logcat
