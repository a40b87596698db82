#pragma once

#include "filtering/context_sink.hpp"
#include "filtering/filter_sink.hpp"
#include "filtering/record_limit.hpp"
#include "filtering/summary_sink.hpp"
#include "printing/printer.hpp"
#include "printing/progress_meter.hpp"
#include "run_context.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace logpipe::logcat {

/// The way of a record once it has been read: past the progress line, through the filter and the
/// limit of -c, to the printer or to the counts. Only what the plan asks for is there.
class pipeline {
public:
  /// Both must outlive it.
  pipeline(run_context& context, const plan& plan);
  pipeline(const pipeline&) = delete;
  pipeline& operator=(const pipeline&) = delete;

  /// Where records are put in.
  record_sink& entry() noexcept { return *m_entry; }
  /// Whether record::headers must be filled.
  static bool needs_headers(const plan& plan) noexcept;

  /// What is read from now on, for the progress line; it must outlive this.
  void measure(const assignment& parts) noexcept;
  /// Records that were printed or counted so far; those around them not.
  std::int64_t found() const noexcept;
  /// The end, whatever brought it: counts are printed, of as much as was read. May throw as
  /// run_context::write.
  void finish(const assignment& read);

private:
  std::unique_ptr<summary_sink> make_summary() const;
  void add_filter(record_sink& last);

  run_context& m_context;
  const plan& m_plan;
  std::optional<printer> m_printer;
  std::unique_ptr<summary_sink> m_summary;
  std::optional<record_limit> m_limit;
  std::optional<filter_sink> m_filter;
  std::optional<context_sink> m_around;
  std::optional<progress_meter> m_meter;
  record_sink* m_entry = nullptr;
};

}  // namespace logpipe::logcat
