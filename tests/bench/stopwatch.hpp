#pragma once

#include <logpipe/base/clock.hpp>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::bench {

/// Numbered lines: when each was written, and when it arrived. `counted` of them count, beginning
/// some lines after the first that arrived, for connections and caches are warm then.
class stopwatch {
public:
  explicit stopwatch(std::size_t counted, time_point now) : m_wanted(counted), m_last_news(now) {}

  /// The next line to write, without an end; its time runs from `now`.
  std::string next_line(time_point now);
  /// Throws std::runtime_error for what is not one of these lines, byte by byte. A line that comes
  /// again changes nothing.
  void arrived(std::string_view line, time_point now);

  /// All that count have arrived.
  bool complete() const noexcept { return m_counted == m_wanted; }
  /// When a line arrived that was waited for: one that counts, or the first of all.
  time_point last_news() const noexcept { return m_last_news; }
  /// What each that counts took, in the order of writing. Only when complete.
  std::vector<std::chrono::microseconds> latencies() const;

private:
  struct entry {
    time_point written;
    std::optional<time_point> arrived;
  };
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  bool counts(std::size_t number) const noexcept {
    return number >= m_first && number - m_first < m_wanted;
  }

  std::size_t m_wanted;
  std::vector<entry> m_lines;
  std::size_t m_first = none;  // number of the first that counts
  std::size_t m_counted = 0;
  time_point m_last_news;
};

}  // namespace logpipe::bench
