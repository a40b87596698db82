#pragma once

#include <logpipe/kafka/groups.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logpipe::logcat {

/// Stands beside each offset that logcat commits.
inline constexpr std::string_view our_mark = "logcat";

/// Why a group looks like somebody's application, as the end of a sentence that begins with its
/// name; nothing when only logcats have ever used it. `our_client_id`: as members of ours have it.
std::optional<std::string> sign_of_another_owner(const kafka::group_info& group,
                                                 std::span<const kafka::committed_offset> offsets,
                                                 std::string_view our_client_id);

/// With which strategy to join those who are in a group already; nothing when it has no members, or
/// ours is theirs. Throws usage_error when librdkafka does not know theirs.
std::optional<std::string> strategy_to_join(const kafka::group_info& group);

}  // namespace logpipe::logcat
