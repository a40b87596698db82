#include "beginnings.hpp"

#include "tail.hpp"

#include <logpipe/kafka/cluster.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace logpipe::logcat {
namespace {

using kind = start_position::kind;

/// Logs that begin alike, and their places among all: they are asked about together.
struct alike {
  std::vector<partition_log> logs;
  std::vector<std::size_t> places;
};

/// The first record of each log at or past the time, its end where there is none.
std::vector<std::int64_t> find_time(run_context& context, kafka::reader& reader,
                                    const std::vector<partition_log>& logs, std::int64_t time) {
  std::vector<kafka::led_partition> partitions;
  partitions.reserve(logs.size());
  for (const auto& log : logs) {
    partitions.push_back({log.topic, log.partition, kafka::any_leader});
  }
  const auto answers = context.ask(&reader, [&](milliseconds timeout) {
    auto offsets = kafka::find_offsets(reader.handle(), partitions, time, timeout);
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      if (offsets[i].error != 0)
        throw no_answer(offsets[i].error, {logs[i].topic, logs[i].partition});
    }
    return offsets;
  });
  std::vector<std::int64_t> firsts;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const std::int64_t offset = answers[i].offset;
    firsts.push_back(offset < 0 ? logs[i].end : std::max(offset, logs[i].begin));
  }
  return firsts;
}

std::vector<std::int64_t> find(run_context& context, kafka::reader& reader, const plan& plan,
                               const std::vector<partition_log>& logs,
                               const start_position& start) {
  if (start.what == kind::last) {
    return find_last_starts(context, reader, plan, logs, start.number);
  }
  if (start.what == kind::time) return find_time(context, reader, logs, start.number);
  std::vector<std::int64_t> firsts;
  for (const auto& log : logs) {
    const std::int64_t within = start_offset(start, log.begin, log.end);
    firsts.push_back(start.what == kind::offset ? std::max(start.number, within) : within);
  }
  return firsts;
}

}  // namespace

std::vector<std::int64_t> find_beginnings(run_context& context, kafka::reader& reader,
                                          const plan& plan,
                                          const std::vector<partition_log>& logs) {
  std::map<std::pair<kind, std::int64_t>, alike> groups;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const auto& start = plan.selection.start_of(logs[i].partition);
    alike& group = groups[{start.what, start.number}];
    group.logs.push_back(logs[i]);
    group.places.push_back(i);
  }
  std::vector<std::int64_t> firsts(logs.size());
  for (const auto& [start, group] : groups) {
    const auto found =
        find(context, reader, plan, group.logs, start_position{start.first, start.second});
    for (std::size_t i = 0; i < found.size(); ++i) {
      firsts[group.places[i]] = found[i];
    }
  }
  return firsts;
}

}  // namespace logpipe::logcat
