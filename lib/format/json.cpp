#include <logpipe/format/json.hpp>

namespace logpipe::format {
namespace {

void append_json_number(output_buffer& out, std::int64_t value) {
  if (value < 0) {
    out.append("null");
  } else {
    out.append_number(value);
  }
}

constexpr std::string_view name_of(timestamp_kind kind) {
  switch (kind) {
    case timestamp_kind::create:
      return "create";
    case timestamp_kind::append:
      return "append";
    case timestamp_kind::none:
      break;
  }
  return "none";
}

}  // namespace

void append_json_record(output_buffer& out, const record& record) {
  const bool timed = record.kind != timestamp_kind::none;
  out.append(R"({"topic":)");
  append_json_bytes(out, record.topic);
  out.append(R"(,"partition":)");
  append_json_number(out, record.partition);
  out.append(R"(,"offset":)");
  append_json_number(out, record.offset);
  out.append(R"(,"timestamp":)");
  if (timed) {
    out.append_number(record.timestamp);
  } else {
    out.append("null");
  }
  out.append(R"(,"timestamp_type":")");
  out.append(name_of(record.kind));
  out.append(R"(","headers":[)");
  bool first = true;
  for (const auto& [name, value] : record.headers) {
    out.append(first ? "[" : ",[");
    append_json_bytes(out, name);
    out.append(',');
    append_json_bytes(out, value);
    out.append(']');
    first = false;
  }
  out.append(R"(],"key":)");
  append_json_bytes(out, record.key);
  out.append(R"(,"value":)");
  append_json_bytes(out, record.value);
  out.append("}\n");
}

}  // namespace logpipe::format
