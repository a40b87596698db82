#include "resume.hpp"

#include "last_records.hpp"
#include "resume_check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {
namespace {

/// A partition of which something is kept.
struct known_log {
  const partition_log* log;
  std::size_t index;  // among all logs
  resumed_partition part;
};

std::vector<known_log> known_among(const std::vector<partition_log>& logs,
                                   const kept_positions& kept) {
  std::vector<known_log> known;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const auto& log = logs[i];
    const kept_position* position = kept.find(log.topic, log.partition);
    if (position == nullptr) continue;
    const found_log found{.begin = log.begin, .high_watermark = log.end, .last = {}};
    known.push_back({&log, i, {.kept = *position, .found = found}});
  }
  // Each topic's partitions together.
  std::stable_sort(known.begin(), known.end(), [](const known_log& a, const known_log& b) {
    return a.log->topic < b.log->topic;
  });
  return known;
}

// Ends are last stable offsets, and an earlier run may have read uncommitted records behind one.
void find_high_watermarks(run_context& context, const plan& plan, std::vector<known_log>& known) {
  const auto is_ahead = [](const known_log& each) { return each.part.kept.next > each.log->end; };
  if (std::none_of(known.begin(), known.end(), is_ahead)) return;
  kafka::reader uncommitted(plan.connection.settings,
                            {.bounded = true, .isolation = kafka::isolation_level::uncommitted});
  for (auto& each : known) {
    if (!is_ahead(each)) continue;
    each.part.found.high_watermark = context.ask(&uncommitted, [&](milliseconds timeout) {
      return ask_offsets(uncommitted.handle(), each.log->topic, each.log->partition, timeout).end;
    });
  }
}

void read_last_records(run_context& context, kafka::reader& reader, const plan& plan,
                       std::vector<known_log>& known) {
  std::vector<record_address> places;
  std::vector<known_log*> read;
  for (auto& each : known) {
    const auto& last = each.part.kept.last;
    if (!last || last->offset < each.log->begin || last->offset >= each.log->end) continue;
    places.push_back({each.log->topic, each.log->partition, last->offset});
    read.push_back(&each);
  }
  const auto marks = read_again(context, reader, plan, places);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    read[i]->part.found.last = marks[i];
  }
}

void tell(app::messages& out, const known_log& known, const resumption& verdict) {
  using kind = resumption::kind;
  const auto& [log, index, part] = known;
  const std::string place = fmt::format("{} [{}]", log->topic, log->partition);
  const std::int64_t next = part.kept.next;
  switch (verdict.what) {
    case kind::goes_on:
      return;
    case kind::removed:
      out.warning(
          "{}: offsets {} to {} ({}) are gone from the log since the last run; going on "
          "at {}",
          place, next, verdict.first - 1, verdict.first - next, verdict.first);
      return;
    case kind::made_anew:
      break;
  }
  std::string why = "other partitions of the topic are others";
  if (part.is == sameness::shorter) {
    why = fmt::format("the log ends at {}, before offset {} where the last run stopped",
                      part.found.high_watermark, next);
  } else if (part.is == sameness::another) {
    why = fmt::format("at offset {} stands another record than the last run read",
                      part.kept.last->offset);
  }
  out.warning("{}: {}: it was made anew; reading it from its start {}", place, why, verdict.first);
}

/// A topic that nobody named, and that an expression did not find before, has come since.
bool is_new_topic(const kept_positions& kept, const selection_plan& asked,
                  const std::string& topic) {
  if (kept.partitions_of(topic) > 0 || asked.names(topic)) return false;
  const auto texts = asked.expressions.asking_for(topic);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return kept.topics.contains(text); });
}

bool is_new_since(const kept_positions& kept, const selection_plan& asked,
                  const partition_log& log) {
  return kept.is_new(log.topic, log.partition) || is_new_topic(kept, asked, log.topic);
}

/// Decides about all partitions of a topic together.
void resume_topic(app::messages& out, std::vector<known_log>::iterator begin,
                  std::vector<known_log>::iterator end, bool fewer,
                  std::vector<std::optional<resumed_start>>& starts) {
  std::vector<resumed_partition> parts;
  for (auto each = begin; each != end; ++each) {
    each->part.is = compare(each->part.kept, each->part.found);
    parts.push_back(each->part);
  }
  const auto verdicts = resume(parts, fewer);
  auto verdict = verdicts.begin();
  for (auto each = begin; each != end; ++each, ++verdict) {
    tell(out, *each, *verdict);
    auto& start = starts[each->index].emplace(resumed_start{.first = verdict->first});
    if (verdict->what != resumption::kind::made_anew) start.last = each->part.kept.last;
  }
}

}  // namespace

std::vector<std::optional<resumed_start>> find_resumed(
    run_context& context, kafka::reader& reader, const plan& plan,
    const std::vector<partition_log>& logs, const kept_positions& kept,
    const std::map<std::string, std::int32_t>& partitions) {
  auto known = known_among(logs, kept);
  find_high_watermarks(context, plan, known);
  read_last_records(context, reader, plan, known);

  std::vector<std::optional<resumed_start>> starts(logs.size());
  for (auto begin = known.begin(); begin != known.end();) {
    const std::string& topic = begin->log->topic;
    const auto end = std::find_if(begin, known.end(),
                                  [&](const known_log& each) { return each.log->topic != topic; });
    const bool fewer = partitions.at(topic) < kept.partitions_of(topic);
    resume_topic(context.messages(), begin, end, fewer, starts);
    begin = end;
  }
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const auto& log = logs[i];
    if (!starts[i] && is_new_since(kept, plan.selection, log))
      starts[i] = resumed_start{.first = log.begin};
  }
  return starts;
}

}  // namespace logpipe::logcat
