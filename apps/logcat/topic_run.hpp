#pragma once

#include "pipeline.hpp"
#include "reading/loop_control.hpp"
#include "resuming/group/group_reading.hpp"
#include "resuming/state_positions.hpp"
#include "run_context.hpp"
#include "run_files.hpp"
#include "selection/lookup.hpp"

#include <logpipe/kafka/reader.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace logpipe::logcat {

/// A run that reads records: looks the topics up, finds where each partition begins, and reads them
/// through the pipeline.
class topic_run {
public:
  /// All must outlive it.
  topic_run(const plan& plan, run_context& context, run_files& files);

  /// Once. Throws as run() does, and run_ended.
  app::exit_code read();
  /// The run is over: what it wrote becomes final, and behind that its positions. Gives the exit
  /// code, which may be worse than `code`.
  app::exit_code complete(app::exit_code code);

private:
  bool ends_at_start() const { return m_plan.selection.ends_at_start(); }
  /// Records are read that stand before where reading begins.
  bool looks_back() const { return m_positions || m_plan.selection.looks_back(); }
  /// What a reader is for.
  enum class purpose { looking_back, printing };
  void renew_reader(purpose what);
  /// Finds out what there is, and where earlier runs have stopped.
  found_partitions find_logs();
  /// Where nothing is kept, so that the plan's start counts.
  std::vector<partition_log> not_resumed() const;
  /// False when -c was reached.
  bool print_tail();
  void assign();
  loop_end read_all(const found_partitions& found);
  app::exit_code finish(loop_end end);

  const plan& m_plan;
  run_context& m_context;
  output_file* m_output;
  pipeline m_pipeline;
  std::optional<state_positions> m_positions;
  std::unique_ptr<kafka::reader> m_reader;
  std::vector<partition_log> m_logs;
  std::vector<std::optional<resumed_start>> m_resumed;  // of each log
  assignment m_parts;
  std::optional<group_reading> m_group;
};

}  // namespace logpipe::logcat
