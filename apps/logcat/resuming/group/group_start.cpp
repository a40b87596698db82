#include "group_start.hpp"

namespace logpipe::logcat {

group_start start_in_group(const partition_log& log, std::optional<std::int64_t> committed,
                           bool topic_known, std::int64_t asked_for) {
  using reason = group_start::reason;
  if (!committed) {
    return topic_known ? group_start{reason::appeared, log.begin}
                       : group_start{reason::asked_for, asked_for};
  }
  if (*committed > log.end) return {reason::made_anew, log.begin};
  if (*committed < log.begin) return {reason::removed, log.begin};
  return {reason::committed, *committed};
}

}  // namespace logpipe::logcat
