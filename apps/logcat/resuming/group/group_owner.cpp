#include "group_owner.hpp"

#include "common/exit_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace logpipe::logcat {

std::optional<std::string> sign_of_another_owner(const kafka::group_info& group,
                                                 std::span<const kafka::committed_offset> offsets,
                                                 std::string_view our_client_id) {
  const auto member = std::find_if(
      group.members.begin(), group.members.end(),
      [&](const kafka::group_member& each) { return each.client_id != our_client_id; });
  if (member != group.members.end()) {
    return fmt::format("has a member that is no logcat (client \"{}\" at {})", member->client_id,
                       member->host);
  }
  const auto offset =
      std::find_if(offsets.begin(), offsets.end(),
                   [](const kafka::committed_offset& each) { return each.metadata != our_mark; });
  if (offset != offsets.end()) {
    return fmt::format("has offsets that no logcat committed ({} [{}] {})", offset->where.topic,
                       offset->where.partition, offset->offset);
  }
  return std::nullopt;
}

std::optional<std::string> strategy_to_join(const kafka::group_info& group) {
  constexpr std::string_view ours = "cooperative-sticky";
  constexpr std::array<std::string_view, 2> others{"range", "roundrobin"};
  if (group.members.empty() || group.assignor.empty() || group.assignor == ours) {
    return std::nullopt;
  }
  if (std::find(others.begin(), others.end(), group.assignor) == others.end()) {
    throw app::usage_error(
        fmt::format("-G: the group's members divide partitions by \"{}\", which is not known here",
                    group.assignor));
  }
  return group.assignor;
}

}  // namespace logpipe::logcat
