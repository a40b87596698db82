#include "bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace logpipe::logcat {
namespace {

constexpr std::size_t least_bar = 10;
constexpr std::array<std::string_view, 9> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

/// A bar of `share` (0 to 1) of that many columns.
std::string bar_of(double share, std::size_t columns, bool blocks) {
  if (share <= 0) return "";
  const std::size_t steps = blocks ? eighths.size() - 1 : 1;
  const double length = std::round(share * static_cast<double>(columns * steps));
  const std::size_t parts = std::max<std::size_t>(static_cast<std::size_t>(length), 1);
  if (!blocks) return std::string(parts, '#');
  std::string bar;
  for (std::size_t full = parts / steps; full > 0; --full) {
    bar += eighths.back();
  }
  return bar.append(eighths.at(parts % steps));
}

/// What stands behind a row's label, and how it is aligned with the others.
std::string text_of(const chart_row& row, std::size_t width) {
  if (row.what == chart_row::kind::gap) return fmt::format("{:>{}} empty", row.count, width);
  return fmt::format("{:>{}}", row.count, width);
}

}  // namespace

void append_chart(output_buffer& out, std::span<const chart_row> rows, const chart_look& look) {
  std::size_t label_width = 0;
  std::size_t count_width = 0;
  std::int64_t largest = 0;
  for (const auto& row : rows) {
    label_width = std::max(label_width, row.label.size());
    count_width = std::max(count_width, std::to_string(row.count).size());
    if (row.what == chart_row::kind::bar) largest = std::max(largest, row.count);
  }
  const std::size_t before_bar = label_width + 2 + count_width + 1;
  const std::size_t bar_columns = std::max(look.columns, before_bar + least_bar) - before_bar;
  for (const auto& row : rows) {
    out.append(fmt::format("{:<{}}  {}", row.label, label_width, text_of(row, count_width)));
    if (row.what == chart_row::kind::bar && row.count > 0) {
      const double share = static_cast<double>(row.count) / static_cast<double>(largest);
      out.append(' ');
      out.append(bar_of(share, bar_columns, look.blocks));
    }
    out.append('\n');
  }
}

}  // namespace logpipe::logcat
