#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/handle.hpp>

#include <cstdint>
#include <string>

namespace logpipe::logcat {

/// Ends a bounded run whose last partitions give nothing although brokers answer: they have no
/// leader, or one that is away. librdkafka waits for ever and says nothing.
class stall_watch {
public:
  /// All must outlive it.
  stall_watch(run_context& context, const assignment& parts, const plan& plan)
      : m_context(context), m_parts(parts), m_plan(plan), m_since(clock::now()) {}

  /// To be called when no record has come, in a run that ends at offsets. Throws run_ended, with
  /// the partition told, when nothing has moved for --connect-timeout; an outage is not its to
  /// tell.
  void look(rd_kafka_s* handle, time_point now);
  /// Records have come.
  void moved(time_point now) noexcept { m_since = now; }

private:
  std::string reason(rd_kafka_s* handle, const reading& part) const;

  run_context& m_context;
  const assignment& m_parts;
  const plan& m_plan;
  time_point m_since;
  std::int64_t m_left = -1;
};

}  // namespace logpipe::logcat
