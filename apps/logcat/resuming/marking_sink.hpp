#pragma once

#include "kept_position.hpp"
#include "logcat/reading/assignment.hpp"
#include "logcat/reading/record_sink.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace logpipe::logcat {

/// Passes records on, and remembers of each partition the last one that was dealt with.
class marking_sink final : public record_sink {
public:
  /// Both must outlive it.
  marking_sink(assignment& parts, record_sink& next) : m_parts(parts), m_next(next) {}

  /// Hot path: a hash of one record of each run.
  std::size_t take(std::span<const record> run) override;
  void flush() override { m_next.flush(); }
  bool enough() const override { return m_next.enough(); }

  /// What an earlier run left, until a record comes.
  void set(const reading& part, const record_mark& last);
  /// What is kept of a partition that is read so far. Nothing while its start lies ahead of the log
  /// (the start is to count again), or the record belongs to a log whose place another one took.
  std::optional<kept_position> position(const reading& part) const;

private:
  std::optional<record_mark>& mark(const reading& part);

  assignment& m_parts;
  record_sink& m_next;
  std::vector<std::optional<record_mark>> m_marks;  // by reading::index
};

}  // namespace logpipe::logcat
