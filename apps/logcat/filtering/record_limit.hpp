#pragma once

#include "logcat/reading/record_sink.hpp"

#include <cstdint>

namespace logpipe::logcat {

/// Lets so many records pass, and wants no more then.
class record_limit : public record_sink {
public:
  /// `next` must outlive it.
  record_limit(std::int64_t most, record_sink& next) : m_left(most), m_next(next) {}

  std::size_t take(std::span<const record> run) override {
    const auto left = static_cast<std::size_t>(m_left);
    const std::size_t taken = m_next.take(run.size() > left ? run.first(left) : run);
    m_left -= static_cast<std::int64_t>(taken);
    return taken;
  }
  void flush() override { m_next.flush(); }
  bool enough() const override { return m_left == 0 || m_next.enough(); }

private:
  std::int64_t m_left;
  record_sink& m_next;
};

}  // namespace logpipe::logcat
