#include "verify.hpp"

#include "logcat/reading/isolation.hpp"
#include "logcat/reading/topic_reader.hpp"
#include "logcat/run_ending.hpp"
#include "logcat/selection/lookup.hpp"
#include "verify_text.hpp"

#include <algorithm>
#include <vector>

namespace logpipe::logcat {
namespace {

using app::exit_code;
using kafka::isolation_level;

constexpr run_budget most_runs = 500'000;
constexpr std::size_t block = 64UL * 1024;

/// Shows each record's offset to the check of its partition; `Saw` says in which reading.
template <void (partition_check::*Saw)(std::int64_t)>
class offset_sink : public record_sink {
public:
  /// `checks`: in the order of `parts`, which it is given records of.
  offset_sink(assignment& parts, std::vector<partition_check*> checks)
      : m_parts(parts), m_checks(std::move(checks)) {}

  std::size_t take(std::span<const record> run) override {
    const record& first = run.front();
    partition_check& check = *m_checks[m_parts.find(first.topic, first.partition)->index];
    for (const record& each : run) {
      (check.*Saw)(each.offset);
    }
    return run.size();
  }
  void flush() override {}
  bool enough() const override { return false; }

private:
  assignment& m_parts;
  std::vector<partition_check*> m_checks;
};

using committed_sink = offset_sink<&partition_check::saw>;
using uncommitted_sink = offset_sink<&partition_check::saw_uncommitted>;

class verification {
public:
  verification(run_context& context, const plan& plan) : m_context(context), m_plan(plan) {}

  exit_code run() {
    find();
    const auto end = read_all();
    if (end == loop_end::signal) return m_context.signal_code();
    if (end != loop_end::done) return finish(end, "the end of the topic was not reached");
    if (isolation() == isolation_level::committed) {
      const auto again = read_missing_again();
      if (again == loop_end::signal) return m_context.signal_code();
      if (again != loop_end::done) {
        return finish(again, "which of the missing offsets are aborted records is not known");
      }
    }
    print();
    return verdict();
  }

private:
  isolation_level isolation() const { return m_plan.selection.isolation; }

  std::unique_ptr<kafka::reader> make_reader(isolation_level level) const {
    constexpr std::size_t few = 4;
    return std::make_unique<kafka::reader>(
        m_plan.connection.settings,
        kafka::reader::options{.bounded = true,
                               .isolation = level,
                               .headers = false,
                               .partitions = std::max(m_logs.size(), few)});
  }

  void find() {
    m_logs = find_partitions(m_context, *make_reader(isolation()), m_plan).logs;
    for (const auto& log : m_logs) {
      m_checked.push_back({log.topic, log.partition, {log.begin, log.end, m_budget}, false});
    }
  }

  loop_end read_all() {
    assignment parts;
    std::vector<partition_check*> checks;
    for (auto& each : m_checked) {
      parts.add({each.topic, each.partition, each.check.begin(), each.check.end()});
      checks.push_back(&each.check);
    }
    committed_sink sink(parts, std::move(checks));
    const auto reader = make_reader(isolation());
    const auto end = read(*reader, parts, sink);
    if (end == loop_end::done) open_transactions(m_context, *reader, m_plan).tell_at_end(parts);
    for (const auto& part : parts) {
      auto& checked = m_checked[part.index];
      // A log that was cut back, or made anew, meanwhile has another end.
      checked.complete = part.done() && part.end >= checked.check.end();
      checked.check.passed(part.next);
    }
    return end;
  }

  loop_end read_missing_again() {
    assignment parts;
    std::vector<partition_check*> checks;
    for (auto& each : m_checked) {
      if (!each.check.misses_any()) continue;
      parts.add({each.topic, each.partition, each.check.first_missing(), each.check.missing_end()});
      checks.push_back(&each.check);
    }
    if (checks.empty()) return loop_end::done;
    uncommitted_sink sink(parts, std::move(checks));
    return read(*make_reader(isolation_level::uncommitted), parts, sink);
  }

  loop_end read(kafka::reader& reader, assignment& parts, record_sink& sink) {
    // Otherwise librdkafka waits for a metadata refresh of its own.
    m_context.ask(&reader, [&](milliseconds timeout) {
      return kafka::list_topics(reader.handle(), timeout);
    });
    return topic_reader(m_context, reader, parts, m_plan).read_into(sink);
  }

  exit_code finish(loop_end end, const char* left) {
    print();
    m_context.messages().error("{}: {}", limit_text(m_plan.selection, end), left);
    return app::worse(is_in_order() ? exit_code::success : exit_code::failed,
                      exit_code::incomplete);
  }

  bool is_in_order() const {
    return std::all_of(m_checked.begin(), m_checked.end(), [](const auto& each) {
      return each.check.out_of_order() == 0 && each.check.repeated() == 0;
    });
  }

  exit_code verdict() {
    bool complete = true;
    for (const auto& each : m_checked) {
      if (each.complete) continue;
      complete = false;
      m_context.messages().error("{} [{}]: the end at offset {} was not reached", each.topic,
                                 each.partition, each.check.end());
    }
    if (!is_in_order()) m_context.messages().error("offsets are out of order");
    return complete && is_in_order() ? exit_code::success : exit_code::failed;
  }

  void print() {
    output_buffer out(2 * block);
    for (const auto& each : m_checked) {
      each.check.for_each_run([&](const missing_run& run) {
        append_run(out, each, run, m_plan.looking.json);
        if (out.size() < block) return;
        m_context.write(out.view());
        out.clear();
      });
    }
    if (!out.empty() && !m_plan.looking.json) out.append('\n');
    append_summary(out, m_checked, m_plan.looking.json, m_plan.looking.coloured);
    m_context.write(out.view());
  }

  run_context& m_context;
  const plan& m_plan;
  run_budget m_budget = most_runs;
  std::vector<partition_log> m_logs;
  std::vector<checked_partition> m_checked;
};

}  // namespace

exit_code verify_topics(run_context& context, const plan& plan) {
  return verification(context, plan).run();
}

}  // namespace logpipe::logcat
