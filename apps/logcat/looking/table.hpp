#pragma once

#include <logpipe/base/output.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// How much a row stands out on a terminal.
enum class row_colour : std::uint8_t { none, warning, alarm };

/// Text in aligned columns, two blanks apart. Cells are escaped: what a broker says cannot drive a
/// terminal. Width is counted in code points. Nothing stands behind the last cell of a line that is
/// not empty, and a column that is empty in all rows is left out, with its heading.
class table {
public:
  enum class alignment : std::uint8_t { left, right };
  struct column {
    std::string heading;
    alignment align = alignment::left;
  };

  explicit table(std::vector<column> columns) : m_columns(std::move(columns)) {}

  /// One cell for each column.
  void add(std::vector<std::string> cells, row_colour colour = row_colour::none);
  bool empty() const noexcept { return m_rows.empty(); }

  /// The headings, then all rows, each with its newline. `coloured`: for a terminal.
  void append_to(output_buffer& out, bool coloured) const;

private:
  struct row {
    std::vector<std::string> cells;
    row_colour colour;
  };
  std::vector<std::size_t> widths() const;

  std::vector<column> m_columns;
  std::vector<row> m_rows;
};

}  // namespace logpipe::logcat
