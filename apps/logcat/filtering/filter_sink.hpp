#pragma once

#include "logcat/reading/record_sink.hpp"

#include <logpipe/format/record_filter.hpp>

namespace logpipe::logcat {

/// Lets the records pass that a filter wants.
class filter_sink : public record_sink {
public:
  /// Both must outlive it.
  filter_sink(const format::record_filter& filter, record_sink& next)
      : m_filter(filter), m_next(next) {}

  std::size_t take(std::span<const record> run) override;
  void flush() override { m_next.flush(); }
  bool enough() const override { return m_next.enough(); }

private:
  const format::record_filter& m_filter;
  record_sink& m_next;
};

}  // namespace logpipe::logcat
