#include "partition_list.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace logpipe::logcat {
namespace {

constexpr std::int64_t most_partitions = 100'000;

}  // namespace

std::optional<std::int32_t> parse_partition(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || text.front() == '-') return std::nullopt;
  if (*number > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

std::vector<std::int32_t> parse_partitions(std::string_view text) {
  std::set<std::int32_t> numbers;
  std::string_view rest = text;
  for (;;) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string_view item = rest.substr(0, comma);
    const auto dash = item.find('-', 1);
    const auto first = parse_partition(item.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? first : parse_partition(item.substr(dash + 1));
    if (!first || !last || *last < *first || *last - *first >= most_partitions) {
      throw app::usage_error(
          fmt::format("-p: \"{}\" in \"{}\" is no partition; write numbers and ranges, as in 0,2-4",
                      item, text));
    }
    for (std::int64_t number = *first; number <= *last; ++number) {
      numbers.insert(static_cast<std::int32_t>(number));
    }
    if (comma == rest.size()) return {numbers.begin(), numbers.end()};
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace logpipe::logcat
