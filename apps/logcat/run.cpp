#include "run.hpp"

#include "printing/printer.hpp"
#include "reading/topic_reader.hpp"
#include "resuming/group/group_reading.hpp"
#include "resuming/state_positions.hpp"
#include "selection/tail.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <memory>

namespace logpipe::logcat {
namespace {

using app::exit_code;

/// As many partitions share the default queues' memory without a word.
constexpr std::size_t few_partitions = 4;

std::unique_ptr<kafka::reader> make_reader(const plan& plan, bool bounded, std::size_t partitions) {
  return std::make_unique<kafka::reader>(
      plan.connection.settings,
      kafka::reader::options{.bounded = bounded,
                             .isolation = plan.selection.isolation,
                             .headers = plan.printing.format.needs_headers(),
                             .partitions = std::max(partitions, few_partitions)});
}

class topic_run {
public:
  topic_run(const plan& plan, run_context& context, run_files& files)
      : m_plan(plan), m_context(context), m_output(files.output.get()), m_printer(context, plan) {
    if (files.state) m_positions.emplace(*files.state, context, plan);
  }

  exit_code run() {
    m_reader = make_reader(m_plan, ends_by_itself() || looks_back(), few_partitions);
    const auto found = find_partitions(m_context, *m_reader, m_plan);
    m_logs = found.logs;
    if (m_logs.size() > few_partitions) renew_reader(ends_by_itself() || looks_back());
    m_resumed.resize(m_logs.size());
    if (m_positions) m_resumed = m_positions->find_starts(*m_reader, m_logs);

    if (m_plan.resuming.group) return run_in_group(found);
    if (m_plan.selection.tail && !print_tail()) return exit_code::success;
    assignment parts;
    assign(parts);
    if (looks_back()) renew_reader(ends_by_itself());
    return read(parts, found);
  }

  /// The run is over: what it wrote becomes final, and behind that its positions. Gives the exit
  /// code, which may be worse than `code`.
  exit_code complete(exit_code code) {
    const bool complete = code == exit_code::success || code == exit_code::unmet;
    if (complete && m_output != nullptr) m_output->put_in_place();
    const bool kept =
        (!m_positions || m_positions->end(complete)) && (!m_group || m_group->end(complete));
    return kept ? code : app::worse(code, exit_code::failed);
  }

private:
  bool ends_by_itself() const { return m_plan.selection.exit_at_end; }
  /// Records are read that stand before where reading begins.
  bool looks_back() const {
    return m_positions || m_plan.selection.tail ||
           m_plan.selection.start.what == start_position::kind::last;
  }
  void renew_reader(bool bounded) { m_reader = make_reader(m_plan, bounded, m_logs.size()); }

  exit_code run_in_group(const found_partitions& found) {
    renew_reader(ends_by_itself());
    m_group = std::make_unique<group_reading>(
        m_context, *m_reader, m_group_parts, m_plan, found, [this](const auto& logs) {
          return starts_in(*make_reader(m_plan, true, logs.size()), logs);
        });
    const auto watch = ends_by_itself() ? nullptr : std::make_unique<topic_watch>(m_plan, found);
    topic_reader loop(m_context, *m_reader, m_group_parts, m_plan, watch.get(), m_group.get(),
                      m_group.get());
    const loop_end end = loop.read_into(m_printer);
    if (m_group->joined() || end == loop_end::signal) return finish(end, m_group_parts);
    m_context.messages().error("group \"{}\" has given out no partitions in time",
                               *m_plan.resuming.group);
    return exit_code::incomplete;
  }

  exit_code read(assignment& parts, const found_partitions& found) {
    const auto watch = ends_by_itself() ? nullptr : std::make_unique<topic_watch>(m_plan, found);
    if (!m_positions) {
      topic_reader loop(m_context, *m_reader, parts, m_plan, watch.get());
      return finish(loop.read_into(m_printer), parts);
    }
    m_positions->begin(parts, m_resumed, m_printer);
    if (watch) m_positions->add_late(parts, found.unanswered, *watch);
    topic_reader loop(m_context, *m_reader, parts, m_plan, watch.get(), &m_positions->observer());
    return finish(loop.read_into(m_positions->sink()), parts);
  }

  /// The partitions where nothing is kept, so that the plan's start counts.
  std::vector<partition_log> not_resumed() const {
    std::vector<partition_log> logs;
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
      if (!m_resumed[i]) logs.push_back(m_logs[i]);
    }
    return logs;
  }

  /// False when -c was reached.
  bool print_tail() {
    give_to(m_printer,
            collect_newest(m_context, *m_reader, m_plan, not_resumed(), *m_plan.selection.tail));
    return !m_printer.enough();
  }

  /// Where the plan begins in each of these logs; an offset may lie ahead.
  std::vector<std::int64_t> starts_in(kafka::reader& reader,
                                      const std::vector<partition_log>& logs) {
    using kind = start_position::kind;
    const auto& start = m_plan.selection.start;
    if (!m_plan.selection.tail && start.what == kind::last) {
      return find_last_starts(m_context, reader, m_plan, logs, start.number);
    }
    std::vector<std::int64_t> starts;
    for (const auto& log : logs) {
      const bool ahead = start.what == kind::offset && start.number > log.end;
      starts.push_back(m_plan.selection.tail ? log.end
                       : ahead               ? start.number
                                             : start_offset(start, log.begin, log.end));
    }
    return starts;
  }

  void assign(assignment& parts) {
    const auto starts = starts_in(*m_reader, not_resumed());
    auto start = starts.begin();
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
      const auto& log = m_logs[i];
      const std::int64_t first = m_resumed[i] ? m_resumed[i]->first : *start++;
      parts.add({log.topic, log.partition, first, m_plan.selection.exit_at_end ? log.end : no_end},
                log.end);
    }
  }

  exit_code finish(loop_end end, const assignment& parts) {
    switch (end) {
      case loop_end::done:
      case loop_end::enough:
        return exit_code::success;
      case loop_end::signal:
        return m_context.signal_code();
      case loop_end::idle:
      case loop_end::timeout:
        return finish_at_limit(end, parts);
    }
    return exit_code::failed;
  }

  exit_code finish_at_limit(loop_end end, const assignment& parts) {
    const std::string left = what_is_left(parts);
    if (left.empty()) return exit_code::success;
    m_context.messages().error(
        "{}: {}",
        end == loop_end::timeout
            ? fmt::format("the time limit of {} has passed",
                          format_duration(*m_plan.selection.timeout))
            : fmt::format("no record came for {}", format_duration(*m_plan.selection.idle)),
        left);
    return exit_code::incomplete;
  }

  std::string what_is_left(const assignment& parts) const {
    if (const reading* part = parts.first_unfinished();
        m_plan.selection.exit_at_end && part != nullptr) {
      return fmt::format("{} offsets are left, the first at {} [{}] {}", parts.left(), part->topic,
                         part->partition, part->next);
    }
    if (m_plan.selection.count) {
      return fmt::format("{} of {} records came", m_printer.printed(), *m_plan.selection.count);
    }
    return parts.caught_up() ? "" : "the end of the topic was not reached";
  }

  const plan& m_plan;
  run_context& m_context;
  output_file* m_output;
  printer m_printer;
  std::optional<state_positions> m_positions;
  std::unique_ptr<kafka::reader> m_reader;
  std::vector<partition_log> m_logs;
  std::vector<std::optional<resumed_start>> m_resumed;  // of each log
  assignment m_group_parts;
  std::unique_ptr<group_reading> m_group;
};

}  // namespace

exit_code run(const plan& plan, run_context& context, run_files& files) {
  topic_run all(plan, context, files);
  try {
    return all.complete(all.run());
  } catch (const run_ended& ended) {
    return all.complete(ended.code);
  } catch (...) {
    all.complete(exit_code::failed);
    throw;
  }
}

}  // namespace logpipe::logcat
