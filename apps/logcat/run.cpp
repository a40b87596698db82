#include "run.hpp"

#include "pipeline.hpp"
#include "reading/merge_reader.hpp"
#include "reading/topic_reader.hpp"
#include "selection/at.hpp"
#include "selection/beginnings.hpp"
#include "selection/tail.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <memory>

namespace logpipe::logcat {
namespace {

using app::exit_code;

/// As many partitions share the default queues' memory without a word.
constexpr std::size_t few_partitions = 4;

std::unique_ptr<kafka::reader> make_reader(const plan& plan, bool bounded, std::size_t partitions,
                                           bool lanes) {
  return std::make_unique<kafka::reader>(
      plan.connection.settings,
      kafka::reader::options{.bounded = bounded,
                             .isolation = plan.selection.isolation,
                             .headers = pipeline::needs_headers(plan),
                             .partitions = std::max(partitions, few_partitions),
                             .lanes = lanes});
}

class topic_run {
public:
  topic_run(const plan& plan, run_context& context)
      : m_plan(plan), m_context(context), m_pipeline(context, plan) {}

  exit_code run() {
    const bool lanes = m_plan.reading.merge && !looks_back();
    m_reader = make_reader(m_plan, ends_by_itself() || looks_back(), few_partitions, lanes);
    const auto found = find_partitions(m_context, *m_reader, m_plan);
    m_logs = found.logs;
    if (m_logs.size() > few_partitions) renew_reader(ends_by_itself() || looks_back(), lanes);

    assignment parts(m_plan.selection.times);
    if (!m_plan.selection.at.empty()) {
      const auto code = print_at(m_context, *m_reader, m_plan, m_logs, m_pipeline.entry());
      return worse(code, finish(loop_end::done, parts));
    }
    if (m_plan.selection.tail) {
      if (!print_tail()) return finish(loop_end::enough, parts);
      if (m_plan.selection.exit_at_end) return finish(loop_end::done, parts);
    }
    assign(parts);
    if (looks_back()) renew_reader(ends_by_itself(), m_plan.reading.merge);
    const auto watch = ends_by_itself() ? nullptr : std::make_unique<topic_watch>(m_plan, found);
    m_pipeline.measure(parts);
    return finish(read(parts, watch.get()), parts);
  }

private:
  bool ends_by_itself() const { return m_plan.selection.ends_at_start(); }
  bool looks_back() const { return m_plan.selection.looks_back(); }
  void renew_reader(bool bounded, bool lanes) {
    m_reader = make_reader(m_plan, bounded, m_logs.size(), lanes);
  }

  /// False when -c was reached.
  bool print_tail() {
    give_to(m_pipeline.entry(),
            collect_newest(m_context, *m_reader, m_plan, m_logs, *m_plan.selection.tail));
    return !m_pipeline.entry().enough();
  }

  void assign(assignment& parts) {
    const auto firsts = m_plan.selection.tail
                            ? std::vector<std::int64_t>()
                            : find_beginnings(m_context, *m_reader, m_plan, m_logs);
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
      const auto& log = m_logs[i];
      const std::int64_t first = m_plan.selection.tail ? log.end : firsts[i];
      // An offset that lies ahead is waited for, from where the log ends now.
      reading& part = parts.add({log.topic, log.partition, std::min(first, log.end),
                                 ends_by_itself() ? log.end : no_end});
      part.first = first;
      part.log_end = log.end;
    }
  }

  loop_end read(assignment& parts, topic_watch* watch) {
    try {
      if (m_plan.reading.merge) {
        return merge_reader(m_context, *m_reader, parts, m_plan, watch)
            .read_into(m_pipeline.entry());
      }
      return topic_reader(m_context, *m_reader, parts, m_plan, watch).read_into(m_pipeline.entry());
    } catch (const run_ended& ended) {
      // No more will be read; what was counted until then is told nevertheless.
      if (ended.code == exit_code::incomplete) m_pipeline.finish(parts);
      throw;
    }
  }

  exit_code finish(loop_end end, const assignment& parts) {
    m_pipeline.finish(parts);
    const bool missed = m_plan.bounded && m_plan.filtering.must_find && m_pipeline.found() == 0;
    return worse(code_of(end, parts), missed ? exit_code::unmet : exit_code::success);
  }

  exit_code code_of(loop_end end, const assignment& parts) {
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
    if (const reading* part = parts.first_unfinished(); part != nullptr && part->end != no_end) {
      return fmt::format("{} offsets are left, the first at {} [{}] {}", parts.left(), part->topic,
                         part->partition, part->next);
    }
    if (m_plan.selection.until_lies_ahead) return "--until has not come yet";
    if (m_plan.selection.count) {
      return fmt::format("{} of {} records came", m_pipeline.found(), *m_plan.selection.count);
    }
    return parts.caught_up() ? "" : "the end of the topic was not reached";
  }

  const plan& m_plan;
  run_context& m_context;
  pipeline m_pipeline;
  std::unique_ptr<kafka::reader> m_reader;
  std::vector<partition_log> m_logs;
};

}  // namespace

exit_code run(const plan& plan, run_context& context) {
  try {
    return topic_run(plan, context).run();
  } catch (const run_ended& ended) {
    return ended.code;
  }
}

}  // namespace logpipe::logcat
