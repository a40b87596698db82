#include "topic_run.hpp"

#include "reading/isolation.hpp"
#include "reading/merge_reader.hpp"
#include "reading/topic_reader.hpp"
#include "run_ending.hpp"
#include "selection/at.hpp"
#include "selection/beginnings.hpp"
#include "selection/tail.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

using app::exit_code;

/// A reader that is made before the partitions are known has room for so many.
constexpr std::size_t few_partitions = 4;

}  // namespace

topic_run::topic_run(const plan& plan, run_context& context, run_files& files)
    : m_plan(plan),
      m_context(context),
      m_output(files.output.get()),
      m_pipeline(context, plan),
      m_parts(plan.selection.times) {
  if (files.state) m_positions.emplace(*files.state, context, plan);
}

// A look back ends by itself and takes records as they come, whatever the run does behind it.
void topic_run::renew_reader(purpose what) {
  const bool looking_back = what == purpose::looking_back;
  m_reader = std::make_unique<kafka::reader>(
      m_plan.connection.settings,
      kafka::reader::options{.bounded = looking_back || ends_at_start(),
                             .isolation = m_plan.selection.isolation,
                             .headers = pipeline::needs_headers(m_plan),
                             .brokers = m_plan.printing.form.needs_brokers(),
                             .partitions = std::max(m_logs.size(), few_partitions),
                             .lanes = m_plan.reading.merge && !looking_back});
}

exit_code topic_run::read() {
  const auto found = find_logs();
  if (!m_plan.selection.at.empty()) {
    const auto code = print_at(m_context, *m_reader, m_plan, m_logs, m_pipeline.entry());
    return worse(code, finish(loop_end::done));
  }
  if (m_plan.selection.tail && !print_tail()) return finish(loop_end::enough);
  // A group gives out its partitions while the run goes on.
  if (!m_plan.resuming.group) assign();
  if (looks_back()) renew_reader(purpose::printing);
  return finish(read_all(found));
}

found_partitions topic_run::find_logs() {
  const auto first = looks_back() ? purpose::looking_back : purpose::printing;
  renew_reader(first);
  auto found = find_partitions(m_context, *m_reader, m_plan);
  m_logs = found.logs;
  // Only now is it known how many share the memory.
  if (m_logs.size() > few_partitions) renew_reader(first);
  m_resumed.resize(m_logs.size());
  if (m_positions) m_resumed = m_positions->find_starts(*m_reader, m_logs);
  return found;
}

std::vector<partition_log> topic_run::not_resumed() const {
  std::vector<partition_log> logs;
  for (std::size_t i = 0; i < m_logs.size(); ++i) {
    if (!m_resumed[i]) logs.push_back(m_logs[i]);
  }
  return logs;
}

bool topic_run::print_tail() {
  auto newest = collect_newest(m_context, *m_reader, m_plan, not_resumed(), *m_plan.selection.tail);
  std::erase_if(newest, [&](const owned_record& each) {
    return each.get().timestamp >= m_plan.selection.times.until;
  });
  give_to(m_pipeline.entry(), newest);
  return !m_pipeline.entry().enough();
}

// Behind the newest records, which have been printed, reading goes on at the ends.
void topic_run::assign() {
  const bool from_end = m_plan.selection.tail.has_value();
  const auto firsts = from_end ? std::vector<std::int64_t>()
                               : find_beginnings(m_context, *m_reader, m_plan, not_resumed());
  auto next_first = firsts.begin();
  for (std::size_t i = 0; i < m_logs.size(); ++i) {
    const auto& log = m_logs[i];
    const std::int64_t first = m_resumed[i] ? m_resumed[i]->first
                               : from_end   ? log.end
                                            : *next_first++;
    m_parts.add({log.topic, log.partition, first, ends_at_start() ? log.end : no_end}, log.end);
  }
}

loop_end topic_run::read_all(const found_partitions& found) {
  const auto watch = ends_at_start() ? nullptr : std::make_unique<topic_watch>(m_plan, found);
  record_sink* sink = &m_pipeline.entry();
  position_observer* observer = nullptr;
  if (m_positions) {
    m_positions->begin(m_parts, m_resumed, *sink);
    if (watch) m_positions->add_late(m_parts, found.unanswered, *watch);
    sink = &m_positions->sink();
    observer = &m_positions->observer();
  }
  if (m_plan.resuming.group) {
    observer = &m_group.emplace(m_context, *m_reader, m_parts, m_plan, found);
  }
  m_pipeline.measure(m_parts);
  try {
    if (m_plan.reading.merge) {
      return merge_reader(m_context, *m_reader, m_parts, m_plan, watch.get(), observer)
          .read_into(*sink);
    }
    return topic_reader(m_context, *m_reader, m_parts, m_plan, watch.get(), observer,
                        m_group ? &*m_group : nullptr)
        .read_into(*sink);
  } catch (const run_ended& ended) {
    // No more will be read; what was counted until then is told nevertheless.
    if (ended.code == exit_code::incomplete) m_pipeline.finish(m_parts);
    throw;
  }
}

exit_code topic_run::finish(loop_end end) {
  m_pipeline.finish(m_parts);
  if (m_group && !m_group->joined() && end != loop_end::signal) {
    m_context.messages().error("group \"{}\" has given out no partitions in time",
                               *m_plan.resuming.group);
    return exit_code::incomplete;
  }
  const bool reached = end != loop_end::enough && end != loop_end::signal;
  if (m_plan.bounded && reached) {
    open_transactions(m_context, *m_reader, m_plan).tell_at_end(m_parts);
  }
  const bool missed = m_plan.bounded && m_plan.filtering.must_find && m_pipeline.found() == 0;
  const auto code = tell_ending(m_context, m_plan, end, m_parts, m_pipeline.found());
  return worse(code, missed ? exit_code::unmet : exit_code::success);
}

exit_code topic_run::complete(exit_code code) {
  const bool complete = code == exit_code::success || code == exit_code::unmet;
  if (complete && m_output != nullptr) m_output->put_in_place();
  const bool kept =
      (!m_positions || m_positions->end(complete)) && (!m_group || m_group->end(complete));
  return kept ? code : worse(code, exit_code::failed);
}

}  // namespace logpipe::logcat
