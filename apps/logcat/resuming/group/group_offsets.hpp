#pragma once

#include "logcat/reading/assignment.hpp"

#include <logpipe/kafka/groups.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

/// What a group has committed, as far as we know, and what is to be: positions of which all before
/// has been written, those on their way, and those that have arrived. Pure bookkeeping.
class group_offsets {
public:
  /// What the group was found to have. It replaces what was known.
  void found(const std::vector<kafka::committed_offset>& offsets);
  std::optional<std::int64_t> of(std::string_view topic, std::int32_t partition) const;
  bool knows_topic(std::string_view topic) const;

  /// All before resume_at() has been written. Cheap where nothing is new.
  void written(const reading& part);
  /// It is another member's now.
  void let_go(const reading& part);

  /// What the group does not have yet, with our mark. It is on its way then, until answered().
  std::vector<kafka::committed_offset> take_changed();
  bool up_to_date() const;
  /// What is on its way has arrived, or was refused and is to be sent again.
  void answered(bool kept);

private:
  struct position {
    kafka::topic_partition of;
    std::int64_t offset = -1;  // -1: it is not ours
  };
  bool is_kept(const position& each) const;

  std::map<kafka::topic_partition, std::int64_t> m_kept;
  std::vector<position> m_written;  // by reading::index
  std::vector<kafka::committed_offset> m_sent;
};

}  // namespace logpipe::logcat
