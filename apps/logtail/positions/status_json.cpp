#include "status_text.hpp"

#include <logpipe/format/json.hpp>

#include <fmt/format.h>

namespace logpipe::logtail {
namespace {

std::string_view name_of(file_status::state what) {
  switch (what) {
    case file_status::state::there:
      return "there";
    case file_status::state::unknown:
      return "unknown";
    case file_status::state::rewritten:
      return "rewritten";
    case file_status::state::compressed:
      return "compressed";
    case file_status::state::gone:
      break;
  }
  return "gone";
}

template <typename Number>
std::string number_or_null(const std::optional<Number>& value) {
  return value ? std::to_string(*value) : "null";
}

void append_text(output_buffer& out, const std::string& text) {
  format::append_json_bytes(out, text.empty() ? bytes() : bytes(text));
}

void append_file(output_buffer& out, const file_status& file) {
  out.append(R"({"file":)");
  append_text(out, file.name);
  out.append(fmt::format(R"(,"state":"{}","position":{},"size":{},"lag_bytes":{}}})",
                         name_of(file.what), file.position, number_or_null(file.size), file.lag));
}

void append_source(output_buffer& out, const source_status& source, std::int64_t now) {
  const auto& kept = source.kept;
  const std::int64_t age = age_of(source, now);
  out.append(R"({"source":)");
  append_text(out, kept.path);
  out.append(R"(,"topic":)");
  append_text(out, kept.topic);
  out.append(R"(,"cluster":)");
  append_text(out, kept.cluster);
  out.append(fmt::format(
      R"(,"lag_bytes":{},"behind_since":{},"lag_seconds":{}.{:03},"held_bytes":{},"lost_bytes":{},)"
      R"("refused_lines":{},"sent_again_lines":{},"files":[)",
      source.lag, number_or_null(source.behind_since), age / 1000, age % 1000, kept.held, kept.lost,
      kept.refused, kept.sent_again));
  bool first = true;
  for (const auto& file : source.files) {
    if (!first) out.append(',');
    append_file(out, file);
    first = false;
  }
  out.append("]}\n");
}

}  // namespace

std::string status_json(std::span<const source_status> sources, std::int64_t now) {
  output_buffer text(4096);
  for (const auto& source : sources) {
    append_source(text, source, now);
  }
  return std::string(text.view());
}

}  // namespace logpipe::logtail
