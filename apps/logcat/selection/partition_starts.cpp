#include "partition_starts.hpp"

#include "common/exit_code.hpp"
#include "partition_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {

bool names_partitions(std::string_view start) noexcept {
  // rpk's @-2h:-1h and :end are no partitions'.
  const bool foreign = start.starts_with('@') || start.starts_with(':');
  return !foreign && start.find(':') != std::string_view::npos;
}

partition_starts parse_partition_starts(std::string_view text) {
  partition_starts starts;
  for (std::string_view rest = text;;) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string_view item = rest.substr(0, comma);
    const auto colon = item.find(':');
    const auto partition = parse_partition(item.substr(0, colon));
    if (colon == std::string_view::npos || !partition) {
      throw app::usage_error(
          fmt::format("-o: \"{}\" in \"{}\" is no place to begin in a partition; write "
                      "PARTITION:N,..., as in 0:1500,2:-20",
                      item, text));
    }
    if (!starts.emplace(*partition, parse_start(item.substr(colon + 1))).second) {
      throw app::usage_error(fmt::format("-o: partition {} is twice in \"{}\"", *partition, text));
    }
    if (comma == rest.size()) return starts;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace logpipe::logcat
