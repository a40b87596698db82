#include "plan_records.hpp"

#include "common/exit_code.hpp"
#include "common/topic_name.hpp"
#include "common/values.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <limits>

namespace logpipe::logtail {
namespace {

bool is_json(const options& options) {
  return options.input == "json";
}

void check_input(const options& options) {
  if (options.input && *options.input != "json" && *options.input != "lines") {
    throw app::usage_error(
        fmt::format("--input: \"{}\" is none of lines and json", *options.input));
  }
  if (!is_json(options)) return;
  const std::array<std::pair<const char*, bool>, 6> excluded{{
      {"-D", options.delimiter.has_value()},
      {"-0", options.nul},
      {"--max-line", options.max_line.has_value()},
      {"--multiline-start", options.multiline_start.has_value()},
      {"-k", options.key.has_value()},
      {"-K", options.key_delimiter.has_value()},
  }};
  for (const auto& [name, is_there] : excluded) {
    if (!is_there) continue;
    throw app::usage_error(fmt::format(
        "{}: not with --input json, where a record is a line and has its own key", name));
  }
}

format::text_template template_of(const char* option, std::string_view text) {
  try {
    return format::text_template(text);
  } catch (const format::template_error& error) {
    throw app::usage_error(fmt::format("{}: {}", option, error.what()));
  }
}

ship::composition::header_template header_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw app::usage_error(fmt::format("-H: \"{}\" is no NAME=TEMPLATE", text));
  }
  return {.name = text.substr(0, equals), .value = template_of("-H", text.substr(equals + 1))};
}

std::vector<pattern> patterns_of(const char* option, const std::vector<std::string>& texts) {
  std::vector<pattern> patterns;
  patterns.reserve(texts.size());
  for (const auto& text : texts) {
    patterns.push_back(app::pattern_value(option, text));
  }
  return patterns;
}

std::string host_of(const options& options) {
  if (options.host) return *options.host;
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

template <typename Number>
Number count_value(std::string_view text, const std::string& whole) {
  const auto number = parse_integer(text);
  if (!number || *number < 1 || *number > std::numeric_limits<Number>::max()) {
    throw app::usage_error(fmt::format(
        "--create-topic: \"{}\" is no number of partitions, or of these and replicas (P:R), for "
        "the topic",
        whole));
  }
  return static_cast<Number>(*number);
}

}  // namespace

format::topic_template plan_topic(const options& options) {
  if (!options.topic) throw app::usage_error("no topic; write -t TOPIC");
  try {
    format::topic_template topic(*options.topic);
    if (options.topic->find('{') == std::string::npos) app::check_topic_name(*options.topic);
    return topic;
  } catch (const format::template_error& error) {
    throw app::usage_error(fmt::format("-t: {}", error.what()));
  }
}

std::optional<kafka::new_topic> plan_new_topic(const options& options) {
  if (!options.create_topic) return std::nullopt;
  kafka::new_topic made;
  const std::string& text = *options.create_topic;
  if (text == default_topic) return made;
  const auto colon = text.find(':');
  made.partitions = count_value<std::int32_t>(std::string_view(text).substr(0, colon), text);
  if (colon != std::string::npos) {
    made.replication = count_value<std::int16_t>(std::string_view(text).substr(colon + 1), text);
  }
  return made;
}

ship::routing plan_routing(const options& options) {
  using kind = ship::routing::kind;
  const bool has_keys = options.key || options.key_delimiter || is_json(options);
  if (!options.partition) return {has_keys ? kind::key : kind::file};
  const std::string& text = *options.partition;
  if (text == "file") return {kind::file};
  if (text == "spread") return {kind::spread};
  if (text == "same") {
    if (!is_json(options)) throw app::usage_error("-p same: with --input json alone");
    return {kind::same};
  }
  const auto number = parse_integer(text);
  if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) {
    throw app::usage_error(
        fmt::format("-p: \"{}\" is none of file, spread, same and a partition's number", text));
  }
  return {kind::fixed, static_cast<std::int32_t>(*number)};
}

ship::composition plan_composition(const options& options) {
  check_input(options);
  if (options.key && options.key_delimiter) throw app::usage_error("-k and -K exclude each other");
  ship::composition composition;
  composition.include = patterns_of("--include", options.include);
  composition.drop = patterns_of("--drop", options.drop);
  if (options.key) composition.key.emplace(template_of("-k", *options.key));
  if (options.key_delimiter) {
    composition.key_delimiter = app::bytes_value("-K", *options.key_delimiter);
  }
  for (const auto& header : options.headers) {
    composition.headers.push_back(header_of(header));
  }
  if (is_json(options)) composition.lines_are = ship::composition::input::json;
  composition.same_partition = options.partition == "same";
  composition.host = host_of(options);
  return composition;
}

}  // namespace logpipe::logtail
