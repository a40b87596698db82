#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"
#include "record_sink.hpp"

#include <logpipe/kafka/reader.hpp>

#include <string_view>

namespace logpipe::logcat {

/// Reads all of `parts`, which have ends, into `sink`, for what has to be known or printed before
/// the run's own reading: until it is read or the sink wants no more. `reader` reads nothing else,
/// and nothing any more then. Throws run_ended when the run's limits or a signal come first;
/// `consequence` of --idle is told: "no record came for 5s; <consequence>".
void read_whole(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                record_sink& sink, std::string_view consequence);

}  // namespace logpipe::logcat
