#include "topic_name.hpp"

#include "exit_code.hpp"

#include <fmt/format.h>

namespace logpipe::app {

// Kafka: org.apache.kafka.common.internals.Topic.validate().
void check_topic_name(std::string_view name) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  const bool bad = name.empty() || name.size() > 249 || name == "." || name == ".." ||
                   name.find_first_not_of(allowed) != std::string_view::npos;
  if (!bad) return;
  throw usage_error(fmt::format(
      "\"{}\" is no topic name: up to 249 letters, digits, \".\", \"_\" and \"-\"", name));
}

}  // namespace logpipe::app
