#include "status_text.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/base/parse.hpp>
#include <logpipe/format/escape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <vector>

namespace logpipe::logtail {
namespace {

/// Numbers, aligned to the right; names, which may be long, stand behind them.
constexpr std::array<const char*, 8> headings{"POSITION", "SIZE", "BEHIND",  "AGE",
                                              "HELD",     "LOST", "REFUSED", "AGAIN"};

struct row {
  std::array<std::string, headings.size()> numbers;
  std::string name;
};

std::string size_of(const file_status& file) {
  switch (file.what) {
    case file_status::state::gone:
      return "gone";
    case file_status::state::compressed:
      return "compressed";
    default:
      return file.size ? std::to_string(*file.size) : "-";
  }
}

std::string remark_of(const file_status& file) {
  switch (file.what) {
    case file_status::state::rewritten:
      return "  (rewritten; read from 0)";
    case file_status::state::unknown:
      return "  (new; read from 0)";
    default:
      return "";
  }
}

void set_position(row& to, const file_status& file) {
  to.numbers[0] = std::to_string(file.position);
  to.numbers[1] = size_of(file);
  to.name += remark_of(file);
}

row row_of(const source_status& source, std::int64_t now) {
  row all;
  all.numbers[2] = format_size(source.lag);
  all.numbers[3] =
      source.lag > 0 ? format_duration(milliseconds(age_of(source, now))) : std::string("-");
  all.numbers[4] = std::to_string(source.kept.held);
  all.numbers[5] = std::to_string(source.kept.lost);
  all.numbers[6] = std::to_string(source.kept.refused);
  all.numbers[7] = std::to_string(source.kept.sent_again);
  all.name = source.kept.path;
  return all;
}

row row_of(const file_status& file, const std::string& log) {
  namespace fs = std::filesystem;
  const bool beside = fs::path(file.name).parent_path() == fs::path(log).parent_path();
  row one;
  one.numbers[2] = format_size(file.lag);
  one.name = "  " + (beside ? fs::path(file.name).filename().string() : file.name);
  set_position(one, file);
  return one;
}

void add_rows(std::vector<row>& rows, const source_status& source, std::int64_t now) {
  rows.push_back(row_of(source, now));
  if (source.files.size() == 1 && source.files.front().name == source.kept.path) {
    set_position(rows.back(), source.files.front());
    return;
  }
  for (const auto& file : source.files) {
    rows.push_back(row_of(file, source.kept.path));
  }
}

std::string text_of(const std::vector<row>& rows) {
  std::array<std::size_t, headings.size()> widths{};
  for (const auto& each : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], each.numbers[i].size());
    }
  }
  output_buffer text(4096);
  for (const auto& each : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text.append(fmt::format("{:>{}}  ", each.numbers[i], widths[i]));
    }
    format::append_escaped(text, each.name);
    text.append('\n');
  }
  return std::string(text.view());
}

std::string totals_of(std::span<const source_status> sources, std::int64_t now) {
  ship::kept_source sum;
  std::uint64_t lag = 0;
  std::size_t behind = 0;
  std::int64_t age = 0;
  for (const auto& source : sources) {
    lag += source.lag;
    behind += source.lag > 0 ? 1 : 0;
    age = std::max(age, age_of(source, now));
    sum.held += source.kept.held;
    sum.lost += source.kept.lost;
    sum.refused += source.kept.refused;
    sum.sent_again += source.kept.sent_again;
  }
  const std::string since =
      fmt::format(" ({} of them, {} at most)", behind, format_duration(milliseconds(age)));
  return fmt::format(
      "sources: {}; behind: {}{}; held: {} bytes; lost: {} bytes; refused: {} lines; sent again: "
      "{} lines\n",
      sources.size(), format_size(lag), behind > 0 ? since : "", sum.held, sum.lost, sum.refused,
      sum.sent_again);
}

}  // namespace

std::int64_t age_of(const source_status& source, std::int64_t now) {
  return source.behind_since ? std::max<std::int64_t>(now - *source.behind_since, 0) : 0;
}

std::string status_table(std::span<const source_status> sources, std::int64_t now) {
  std::vector<row> rows(1);
  std::copy(headings.begin(), headings.end(), rows.front().numbers.begin());
  rows.front().name = "FILE";
  for (const auto& source : sources) {
    add_rows(rows, source, now);
  }
  return text_of(rows) + totals_of(sources, now);
}

}  // namespace logpipe::logtail
