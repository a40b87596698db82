#include "values.hpp"

#include "exit_code.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

namespace logpipe::app {

std::chrono::milliseconds duration_value(std::string_view option, std::string_view text) {
  if (const auto value = parse_duration(text)) return *value;
  throw usage_error(fmt::format(
      "{}: \"{}\" is no duration; write a number and ms, s, m, h or d, as in 10s", option, text));
}

std::uint64_t size_value(std::string_view option, std::string_view text) {
  if (const auto value = parse_size(text)) return *value;
  throw usage_error(
      fmt::format("{}: \"{}\" is no size; write bytes, or a number and K, M or G", option, text));
}

std::int64_t integer_value(std::string_view option, std::string_view text, std::int64_t least) {
  const auto value = parse_integer(text);
  if (value && *value >= least) return *value;
  throw usage_error(
      fmt::format("{}: \"{}\" is no whole number of at least {}", option, text, least));
}

}  // namespace logpipe::app
