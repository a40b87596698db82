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

std::int64_t time_value(std::string_view option, std::string_view text, std::int64_t now) {
  const auto value = parse_time(text, now);
  if (const auto* when = std::get_if<std::int64_t>(&value)) return *when;
  throw usage_error(fmt::format("{}: \"{}\" {}", option, text, std::get<time_error>(value).what));
}

std::int64_t integer_value(std::string_view option, std::string_view text, std::int64_t least) {
  const auto value = parse_integer(text);
  if (value && *value >= least) return *value;
  throw usage_error(
      fmt::format("{}: \"{}\" is no whole number of at least {}", option, text, least));
}

std::string bytes_value(std::string_view option, std::string_view text) {
  if (text.empty()) throw usage_error(fmt::format("{}: at least one byte", option));
  std::size_t bad = 0;
  if (auto bytes = unescape(text, &bad)) return *std::move(bytes);
  throw usage_error(fmt::format(
      "{}: \"{}\" has an escape at position {} that is none of \\n \\r \\t \\0 \\\\ \\xNN", option,
      text, bad + 1));
}

pattern pattern_value(std::string_view option, const std::string& text, pattern_options how) {
  try {
    return pattern(text, how);
  } catch (const invalid_pattern& error) {
    throw usage_error(
        fmt::format("{}: \"{}\" is no regular expression: {}", option, text, error.what()));
  }
}

}  // namespace logpipe::app
