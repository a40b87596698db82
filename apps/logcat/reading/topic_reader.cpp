#include "topic_reader.hpp"

#include "record_intake.hpp"

namespace logpipe::logcat {

topic_reader::topic_reader(run_context& context, kafka::reader& reader, assignment& parts,
                           const plan& plan, topic_watch* watch, position_observer* observer,
                           assigner* group)
    : m_reader(reader),
      m_parts(parts),
      m_control(context, reader, parts, plan, watch, observer, group) {}

// The hot path of the whole program: a batch of views from librdkafka, a call of the sink for each
// run of records. Nothing is allocated, locked or called virtually for a record; the clock, signals
// and connection are looked at once for a batch.
loop_end topic_reader::read_into(record_sink& sink) {
  record_intake intake(m_parts, sink);
  m_control.start();
  for (;;) {
    const auto batch = m_reader.read(milliseconds(0));
    if (!intake.take(batch.records)) {
      m_control.flush(sink);
      return loop_end::enough;
    }
    if (const auto end = m_control.after(batch, sink)) return *end;
    if (batch.empty()) m_control.wait();
  }
}

}  // namespace logpipe::logcat
