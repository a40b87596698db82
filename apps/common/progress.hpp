#pragma once

#include "messages.hpp"
#include "when.hpp"

#include <logpipe/base/clock.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::app {

/// How far a bounded run is.
struct progress {
  std::uint64_t bytes = 0;
  /// Where it is known how many there will be.
  std::optional<std::uint64_t> total_bytes;
  /// Where `total_bytes` is not known: how much is done, from 0 to 1.
  std::optional<double> share;
  std::uint64_t items = 0;
  /// What is counted: "lines", "records".
  std::string_view noun;
};

/// Words for a progress, with the rate of the last ten seconds and the time that is left at it.
/// Pure text; the clock is the caller's.
class progress_text {
public:
  /// "1.2G of 3.0G (40 %), 8123456 lines, 45M/s, 38s left". What is not known is left out.
  std::string at(const progress& how_far, time_point now);

private:
  struct sample {
    time_point when;
    std::uint64_t bytes;
    double share;
  };
  std::deque<sample> m_samples;
};

/// A line on a terminal that is drawn again and again in its place. While it lives, messages take
/// it away before they are written.
class progress_line {
public:
  /// `terminal` is not closed. `out` must outlive this.
  progress_line(std::string tool, int terminal, messages& out);
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  /// Draws, but at most 5 times a second. The line fits the terminal's width as it is now.
  void show(const progress& how_far, time_point now);
  /// When show() draws again; call it then, so that an outage shows.
  time_point next() const noexcept { return m_next; }
  void erase();

private:
  std::string m_tool;
  int m_terminal;
  messages& m_out;
  progress_text m_text;
  time_point m_next{};
  /// Columns that it takes now.
  std::size_t m_drawn = 0;
};

/// Whether a progress line is wanted: automatic means that stderr is a terminal and stdout is not
/// the same one.
bool wants_progress(when choice);

}  // namespace logpipe::app
