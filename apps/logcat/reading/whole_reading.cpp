#include "whole_reading.hpp"

#include "topic_reader.hpp"

#include <logpipe/base/parse.hpp>

namespace logpipe::logcat {

void read_whole(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                record_sink& sink, std::string_view consequence) {
  const loop_end end = topic_reader(context, reader, parts, plan).read_into(sink);
  for (const auto& part : parts) {
    reader.stop(part.topic, part.partition);
  }
  switch (end) {
    case loop_end::done:
    case loop_end::enough:
      return;
    case loop_end::signal:
      throw run_ended{context.signal_code()};
    case loop_end::timeout:
      context.end_at_limit();
    case loop_end::idle:
      break;
  }
  context.messages().error("no record came for {}; {}", format_duration(*plan.selection.idle),
                           consequence);
  throw run_ended{app::exit_code::incomplete};
}

}  // namespace logpipe::logcat
