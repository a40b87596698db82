#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"
#include "common/when.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace logpipe::logcat {
namespace {

using app::usage_error;

void check_exclusive(const printing_options& options) {
  const char* form = nullptr;
  const auto use = [&form](const char* name, bool given) {
    if (!given) return;
    if (form != nullptr) throw usage_error(fmt::format("{} and {} exclude each other", form, name));
    form = name;
  };
  use("-f", options.format.has_value());
  use("-J", options.json.has_value());
  use("--value", options.value_only);
  if (options.null_text && options.null_word) throw usage_error("--null and -Z exclude each other");
  if (options.json_bytes && !options.json) throw usage_error("--json-bytes is for -J; give both");
}

/// What changes text has no say in JSON, but for -Z: null is null there, as in kcat.
void check_lossless(const printing_options& options) {
  const auto refuse = [](const char* name, bool given) {
    if (!given) return;
    throw usage_error(fmt::format("{} is for text; -J prints all that a record has", name));
  };
  refuse("--null", options.null_text.has_value());
  refuse("--max-value", options.most_value.has_value());
  refuse("--escape", options.escape.has_value());
}

format::packing packing_of(std::string_view letters) {
  try {
    return format::packing(letters);
  } catch (const format::packing_error& error) {
    throw usage_error(fmt::format("-s: {}", error.what()));
  }
}

format::record_packing packing_of(const std::vector<std::string>& written) {
  constexpr std::string_view key = "key=";
  constexpr std::string_view value = "value=";
  format::record_packing packing;
  for (const std::string_view text : written) {
    if (text.starts_with(key)) {
      packing.key = packing_of(text.substr(key.size()));
    } else if (text.starts_with(value)) {
      packing.value = packing_of(text.substr(value.size()));
    } else {
      packing.key = packing.value = packing_of(text);
    }
  }
  return packing;
}

bool is_escaped(const printing_options& options, bool terminal) {
  const auto when = app::when_value("--escape", options.escape);
  return when == app::when::automatic ? terminal : when == app::when::always;
}

format::text_options text_of(const printing_options& options, const format::record_packing& packing,
                             bool terminal) {
  format::text_options text;
  text.escape = is_escaped(options, terminal) ? format::escaping::unsafe : format::escaping::none;
  text.null_text = options.null_word ? "NULL" : options.null_text.value_or("");
  if (options.most_value) text.most_value = app::size_value("--max-value", *options.most_value);
  text.packing = packing;
  text.color = app::wants_color(options.color, terminal);
  return text;
}

format::record_format compile(const printing_options& options, format::text_options how) {
  const std::string text =
      options.value_only ? "%s\\n" : options.format.value_or(std::string(format::default_format));
  try {
    auto compiled = format::record_format::compile(text, std::move(how));
    if (options.nul) compiled.end_with_nul();
    return compiled;
  } catch (const format::format_error& error) {
    throw usage_error(
        fmt::format("-f: {} at position {} of \"{}\"", error.what(), error.position() + 1, text));
  }
}

format::json_options json_of(const printing_options& options,
                             const format::record_packing& packing) {
  format::json_options json;
  if (*options.json == "kcat") {
    json.names = format::json_names::kcat;
  } else if (*options.json != "logcat") {
    throw usage_error(fmt::format("-J: \"{}\" is not kcat", *options.json));
  }
  if (const auto& how = options.json_bytes; how && *how != "auto") {
    if (*how != "base64") {
      throw usage_error(fmt::format("--json-bytes: \"{}\" is none of auto and base64", *how));
    }
    json.always_base64 = true;
  }
  json.packing = packing;
  if (options.nul) json.end = '\0';
  return json;
}

}  // namespace

printing_plan resolve(const printing_options& options, bool terminal) {
  check_exclusive(options);
  const auto packing = packing_of(options.packings);
  if (!options.json) {
    return {compile(options, text_of(options, packing, terminal)), packing};
  }
  check_lossless(options);
  return {format::json_format(json_of(options, packing)), packing};
}

}  // namespace logpipe::logcat
