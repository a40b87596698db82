#include "resume_check.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

resumption resume_one(const resumed_partition& part, bool made_anew) {
  using kind = resumption::kind;
  const std::int64_t begin = part.found.begin;
  if (is_another_log(part.is) || (made_anew && part.is == sameness::unknown)) {
    return {kind::made_anew, begin};
  }
  if (part.kept.next < begin) return {kind::removed, begin};
  return {kind::goes_on, part.kept.next};
}

}  // namespace

sameness compare(const kept_position& kept, const found_log& found) noexcept {
  if (kept.next > found.high_watermark) return sameness::shorter;
  if (!kept.last || !found.last || found.last->offset != kept.last->offset) {
    return sameness::unknown;
  }
  return *found.last == *kept.last ? sameness::same : sameness::another;
}

std::vector<resumption> resume(const std::vector<resumed_partition>& of_topic, bool fewer) {
  const bool made_anew =
      fewer || std::any_of(of_topic.begin(), of_topic.end(),
                           [](const resumed_partition& part) { return is_another_log(part.is); });
  std::vector<resumption> all;
  all.reserve(of_topic.size());
  for (const auto& part : of_topic) {
    all.push_back(resume_one(part, made_anew));
  }
  return all;
}

}  // namespace logpipe::logcat
