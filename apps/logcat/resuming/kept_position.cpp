#include "kept_position.hpp"

namespace logpipe::logcat {

const kept_position* kept_positions::find(const std::string& topic, std::int32_t number) const {
  const auto found = partitions.find({topic, number});
  return found == partitions.end() ? nullptr : &found->second;
}

std::int32_t kept_positions::partitions_of(std::string_view topic) const {
  const auto found = topics.find(topic);
  return found == topics.end() ? 0 : found->second;
}

bool kept_positions::is_new(std::string_view topic, std::int32_t number) const {
  const std::int32_t known = partitions_of(topic);
  return known > 0 && number >= known;
}

}  // namespace logpipe::logcat
