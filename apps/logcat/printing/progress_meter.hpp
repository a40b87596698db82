#pragma once

#include "common/progress.hpp"
#include "logcat/reading/assignment.hpp"
#include "logcat/reading/record_sink.hpp"

namespace logpipe::logcat {

/// Draws on stderr how far a run is, and lets all records pass.
class progress_meter : public record_sink {
public:
  /// Both must outlive it.
  progress_meter(app::messages& out, record_sink& next);

  /// From now on the share that is shown is that of `parts`, which must outlive this.
  void measure(const assignment& parts) noexcept { m_parts = &parts; }
  /// Takes the line away.
  void erase() { m_line.erase(); }

  std::size_t take(std::span<const record> run) override;
  void flush() override;
  bool enough() const override { return m_next.enough(); }

private:
  void show();

  record_sink& m_next;
  app::progress_line m_line;
  app::progress m_far;
  const assignment* m_parts = nullptr;
};

}  // namespace logpipe::logcat
