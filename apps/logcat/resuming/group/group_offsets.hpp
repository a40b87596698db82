#pragma once

#include "logcat/reading/assignment.hpp"

#include <logpipe/kafka/groups.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// What a group has committed, as far as we know: what is to be sent, is on its way, and has
/// arrived. Pure bookkeeping.
class group_offsets {
public:
  /// What the group was found to have. It replaces what was known.
  void found(const std::vector<kafka::committed_offset>& offsets);
  std::optional<std::int64_t> of(std::string_view topic, std::int32_t partition) const;
  bool knows_topic(std::string_view topic) const;

  /// Positions of what is ours that the group does not have yet, with our mark. They are on their
  /// way then, until answered().
  std::vector<kafka::committed_offset> take_changed(const assignment& parts);
  bool up_to_date(const assignment& parts) const;
  /// What is on its way has arrived, or was refused and is to be sent again.
  void answered(bool kept);

private:
  bool has(const reading& part) const;

  std::map<kafka::topic_partition, std::int64_t> m_kept;
  std::vector<kafka::committed_offset> m_sent;
};

}  // namespace logpipe::logcat
