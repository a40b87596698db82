#include "merge_reader.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/base/time.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace logpipe::logcat {
namespace {

// So many records between two looks at the clock, signals and connection.
constexpr std::size_t between_looks = 4096;

}  // namespace

merge_reader::merge_reader(run_context& context, kafka::reader& reader, assignment& parts,
                           const plan& plan, topic_watch* watch, position_observer* observer)
    : m_context(context),
      m_reader(reader),
      m_parts(parts),
      m_control(context, reader, parts, plan, watch, observer),
      m_merge(plan.reading.merge_wait) {}

loop_end merge_reader::read_into(record_sink& sink) {
  record_intake intake(m_parts, sink);
  m_control.start();
  for (;;) {
    const auto news = m_reader.read(milliseconds(0));
    m_events.assign(news.events.begin(), news.events.end());
    m_came.clear();
    add_lanes();
    drop_renewed_lanes();
    fill_empty_lanes();
    const auto printed = print(intake);
    if (printed.enough) {
      m_control.flush(sink);
      return loop_end::enough;
    }
    stop_done_lanes();
    tell_of_stragglers();
    const kafka::reader::batch batch{m_came, m_events, news.notices};
    if (const auto end = m_control.after(batch, sink)) return *end;
    if (batch.empty() && printed.records < between_looks) {
      m_control.wait(m_merge.pause().value_or(milliseconds::max()));
    }
  }
}

// At the start, and when the watch has found some.
void merge_reader::add_lanes() {
  for (std::size_t i = m_merge.lanes(); i < m_parts.size(); ++i) {
    m_merge.add(*std::next(m_parts.begin(), static_cast<std::ptrdiff_t>(i)));
  }
  m_starts.resize(m_parts.size());
}

// A topic that was gone is read from where it was printed, or from its new start.
void merge_reader::drop_renewed_lanes() {
  for (std::size_t lane = 0; lane < m_merge.lanes(); ++lane) {
    if (!m_merge.has_records(lane)) continue;
    const reading& part = m_merge.part(lane);
    if (m_starts[part.index] == m_reader.starts_of_lane(part.topic, part.partition)) continue;
    std::erase_if(m_later_events, [&](const auto& each) { return each.first == &part; });
    m_merge.drop(lane);
  }
}

void merge_reader::fill_empty_lanes() {
  const auto empty = m_merge.empty_lanes();  // a copy: it changes
  for (const std::size_t lane : empty) {
    fill(lane);
  }
}

// What was said behind records that are now printed is handled before more is read: it may start
// the partition again.
void merge_reader::fill(std::size_t lane) {
  reading& part = m_merge.part(lane);
  if (part.done() || part.stopped) return;
  const auto said = std::stable_partition(m_later_events.begin(), m_later_events.end(),
                                          [&](const auto& each) { return each.first != &part; });
  if (said != m_later_events.end()) {
    std::transform(said, m_later_events.end(), std::back_inserter(m_events),
                   [](auto& each) { return std::move(each.second); });
    m_later_events.erase(said, m_later_events.end());
    return;
  }
  const auto batch = m_reader.read_lane(part.topic, part.partition);
  if (batch.records.empty()) {
    m_events.insert(m_events.end(), batch.events.begin(), batch.events.end());
    return;
  }
  for (const auto& event : batch.events) {
    m_later_events.emplace_back(&part, event);
  }
  m_came.push_back(batch.records.front());
  m_starts[part.index] = m_reader.starts_of_lane(part.topic, part.partition);
  m_merge.give(lane, batch.records, wall_clock_now());
}

// Hot path: a call of the sink for each run of records of one partition; a lane that is used up is
// filled at once, the others are asked again when all that could be printed has been.
merge_reader::outcome merge_reader::print(record_intake& intake) {
  std::size_t count = 0;
  while (count < between_looks) {
    m_merge.look(wall_clock_now());
    auto run = m_merge.next();
    if (run.empty()) break;
    for (; !run.empty(); run = m_merge.next()) {
      count += run.records.size();
      if (!intake.take_run(*run.part, run.records)) return {true, count};
    }
    if (!m_merge.empty_lanes().empty()) fill(m_merge.empty_lanes().back());
  }
  return {false, count};
}

// An idle partition in a question for more holds up the answer, and with it the lane that is waited
// for, if that was full when the question was asked.
void merge_reader::stop_done_lanes() {
  for (const reading* part : m_merge.take_done()) {
    m_reader.stop(part->topic, part->partition);
  }
}

void merge_reader::tell_of_stragglers() {
  while (const auto first = m_merge.take_straggler()) {
    m_context.messages().warning(
        "{} [{}]: offset {} {}, {} behind; records like it are printed as they come", first->topic,
        first->partition, first->offset,
        first->unordered ? "is older than one before it in its partition"
                         : "came too late for its place",
        format_duration(first->behind));
  }
}

}  // namespace logpipe::logcat
