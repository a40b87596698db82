#pragma once

#include "logcat/run_context.hpp"

#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <vector>

namespace logpipe::logcat {

/// The topics that the plan names and those that its expressions ask for, each once, with the
/// partitions that are wanted of it. In a bounded run all of these have leaders: they are waited
/// for, as the brokers are.
///
/// What is not there ends the run with 1 on the broker's first answer: topics that are named, all
/// of them told; a partition that a named topic does not have; in a bounded run expressions without
/// a match, which a follower is only told of.
std::vector<kafka::topic_info> find_topics(run_context& context, kafka::reader& reader,
                                           const plan& plan);

}  // namespace logpipe::logcat
