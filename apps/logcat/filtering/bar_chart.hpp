#pragma once

#include <logpipe/base/output.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace logpipe::logcat {

/// A line of a chart.
struct chart_row {
  enum class kind {
    /// A count with its bar.
    bar,
    /// So many rows that would be empty.
    gap,
    /// A count that is on no scale with the others.
    sum,
  };
  kind what = kind::bar;
  /// Plain ASCII.
  std::string label;
  std::int64_t count = 0;
};

struct chart_look {
  /// The longest line; a chart needs some thirty.
  std::size_t columns = 80;
  /// Bars of block elements, in eighths of a column, instead of `#`.
  bool blocks = false;
};

/// A line for each row: label, count, and a bar. The longest bar ends at the last column, and
/// whatever is not 0 has a bar that can be seen.
void append_chart(output_buffer& out, std::span<const chart_row> rows, const chart_look& look);

}  // namespace logpipe::logcat
