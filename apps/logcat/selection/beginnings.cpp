#include "beginnings.hpp"

#include "tail.hpp"

#include <algorithm>
#include <map>
#include <string>
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
  std::map<std::string, std::vector<std::int32_t>> partitions;
  for (const auto& log : logs) {
    partitions[log.topic].push_back(log.partition);
  }
  std::map<std::pair<std::string, std::int32_t>, std::int64_t> found;
  for (const auto& [topic, ids] : partitions) {
    const auto answers =
        context.ask(&reader, [&, &topic = topic, &ids = ids](milliseconds timeout) {
          return ask_offsets_at(reader.handle(), topic, ids, time, timeout);
        });
    for (const auto& [id, offset] : answers) {
      found[{topic, id}] = offset;
    }
  }
  std::vector<std::int64_t> firsts;
  for (const auto& log : logs) {
    const std::int64_t offset = found.at({log.topic, log.partition});
    firsts.push_back(offset < 0 ? log.end : std::max(offset, log.begin));
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
