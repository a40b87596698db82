#include "stall.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/topics.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {
namespace {

constexpr milliseconds patience(1000);

}  // namespace

void stall_watch::look(rd_kafka_s* handle, time_point now) {
  if (const auto left = m_parts.left(); left != m_left) {
    m_left = left;
    m_since = now;
  }
  if (now - m_since < m_plan.connection.connect_timeout || m_context.in_outage()) return;
  const reading* const part = m_parts.first_unfinished();
  if (part == nullptr) return;
  m_context.messages().error("{} [{}] {}; gave up after {} at offset {}, {} offsets are left",
                             part->topic, part->partition, reason(handle, *part),
                             format_duration(m_plan.connection.connect_timeout), part->next,
                             m_left);
  throw run_ended{app::exit_code::incomplete};
}

std::string stall_watch::reason(rd_kafka_s* handle, const reading& part) const {
  try {
    const auto topic = kafka::describe_topic(handle, part.topic, patience);
    const auto found = std::find_if(topic.partitions.begin(), topic.partitions.end(),
                                    [&](const auto& each) { return each.id == part.partition; });
    if (found != topic.partitions.end() && found->leader < 0) return "has no leader";
  } catch (const kafka::kafka_error&) {  // NOLINT(bugprone-empty-catch): then it is not known
  }
  return "gives nothing";
}

}  // namespace logpipe::logcat
