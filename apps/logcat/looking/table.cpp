#include "table.hpp"

#include <logpipe/format/escape.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace logpipe::logcat {
namespace {

constexpr std::string_view gap = "  ";

std::size_t width_of(std::string_view text) {
  // Bytes that begin a code point.
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string escaped(const std::string& text) {
  output_buffer out(text.size() + 1);
  format::append_escaped(out, text);
  return std::string(out.view());
}

std::string_view sequence_of(row_colour colour) {
  switch (colour) {
    case row_colour::warning:
      return "\x1b[33m";
    case row_colour::alarm:
      return "\x1b[31m";
    case row_colour::none:
      break;
  }
  return "";
}

constexpr std::string_view plain_again = "\x1b[0m";

/// Without the blanks behind its last cell.
std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                    const std::vector<table::column>& columns) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::string padding(widths[i] - width_of(cells[i]), ' ');
    const bool right = columns[i].align == table::alignment::right;
    line += right ? padding + cells[i] : cells[i] + padding;
    line += gap;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void table::add(std::vector<std::string> cells, row_colour colour) {
  for (auto& cell : cells) {
    cell = escaped(cell);
  }
  cells.resize(m_columns.size());
  m_rows.push_back({std::move(cells), colour});
}

std::vector<std::size_t> table::widths() const {
  std::vector<std::size_t> widths(m_columns.size());
  for (const auto& [cells, colour] : m_rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > 0) widths[i] = std::max(widths[i], width_of(m_columns[i].heading));
  }
  return widths;
}

void table::append_to(output_buffer& out, bool coloured) const {
  const auto fitting = widths();
  std::vector<std::string> headings;
  headings.reserve(m_columns.size());
  for (const auto& each : m_columns) {
    headings.push_back(each.heading);
  }
  out.append(line_of(headings, fitting, m_columns));
  out.append('\n');
  for (const auto& [cells, colour] : m_rows) {
    const auto sequence = coloured ? sequence_of(colour) : "";
    out.append(sequence);
    out.append(line_of(cells, fitting, m_columns));
    if (!sequence.empty()) out.append(plain_again);
    out.append('\n');
  }
}

}  // namespace logpipe::logcat
