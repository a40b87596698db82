#include "run_statistics.hpp"

#include <logpipe/format/json.hpp>

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace logpipe::logtail {
namespace {

using kind = statistic::kind;
using unit = statistic::unit;
using number = std::optional<std::uint64_t>;

constexpr std::array<statistic, 14> table{{
    {"lag_bytes", kind::gauge, unit::number,
     "Bytes in the files that are not acknowledged, read or not.",
     [](const run_statistics& of) { return number(of.lag_bytes); }},
    {"oldest_line_age_seconds", kind::gauge, unit::seconds,
     "Since when the oldest line that is read and not acknowledged waits; 0 when none does.",
     [](const run_statistics& of) {
       return number(of.oldest_line_age.value_or(milliseconds(0)).count());
     }},
    {"last_acknowledgement_timestamp_seconds", kind::gauge, unit::seconds,
     "When the broker acknowledged a line last.",
     [](const run_statistics& of) -> number {
       return of.last_acknowledgement ? number(*of.last_acknowledgement) : std::nullopt;
     }},
    {"lines_total", kind::counter, unit::number, "Lines that were acknowledged.",
     [](const run_statistics& of) { return number(of.lines); }},
    {"bytes_total", kind::counter, unit::number,
     "Bytes of the files, line ends included, that were acknowledged.",
     [](const run_statistics& of) { return number(of.bytes); }},
    {"lost_bytes_total", kind::counter, unit::number,
     "Bytes of files that were gone before they were read.",
     [](const run_statistics& of) { return number(of.lost_bytes); }},
    {"refused_lines_total", kind::counter, unit::number, "Lines that were refused for good.",
     [](const run_statistics& of) { return number(of.refused_lines); }},
    {"sent_again_lines_total", kind::counter, unit::number,
     "Lines that were sent more than once, counted each time, also by an earlier run.",
     [](const run_statistics& of) { return number(of.lines_sent_again); }},
    {"records_in_flight", kind::gauge, unit::number, "Records on their way to the broker.",
     [](const run_statistics& of) { return number(of.records_in_flight); }},
    {"sources", kind::gauge, unit::number, "Files and streams that are followed.",
     [](const run_statistics& of) { return number(of.sources); }},
    {"unreadable_sources", kind::gauge, unit::number, "Those of them that cannot be read.",
     [](const run_statistics& of) { return number(of.unreadable_sources); }},
    {"held_deleted_bytes", kind::gauge, unit::number,
     "Bytes of deleted files that are held open until they are shipped.",
     [](const run_statistics& of) { return number(of.held_deleted_bytes); }},
    {"state_errors_total", kind::counter, unit::number, "How often positions could not be saved.",
     [](const run_statistics& of) { return number(of.state_errors); }},
    {"broker_up", kind::gauge, unit::number, "1 while a broker answers.",
     [](const run_statistics& of) { return number(of.broker_up ? 1 : 0); }},
}};

/// A label's value as the format wants it, with its quotes.
std::string quoted(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + '"';
}

void append_help(std::string& text, std::string_view name, std::string_view help, kind how) {
  fmt::format_to(std::back_inserter(text), "# HELP logtail_{0} {1}\n# TYPE logtail_{0} {2}\n", name,
                 help, how == kind::counter ? "counter" : "gauge");
}

}  // namespace

std::span<const statistic> all_statistics() {
  return table;
}

std::string text_of(const statistic& which, std::uint64_t value) {
  if (which.in == unit::number) return std::to_string(value);
  return fmt::format("{}.{:03}", value / 1000, value % 1000);
}

std::string statistics_json(const run_statistics& of) {
  output_buffer text(1024);
  text.append(R"({"time":)");
  text.append_number(of.time);
  text.append(R"(,"version":)");
  format::append_json_string(text, of.version);
  text.append(R"(,"topic":)");
  format::append_json_string(text, of.topic);
  for (const statistic& each : table) {
    const auto value = each.value(of);
    text.append(fmt::format(",\"{}\":{}", each.name, value ? text_of(each, *value) : "null"));
  }
  text.append("}\n");
  return std::string(text.view());
}

std::string prometheus_text(const run_statistics& of) {
  const std::string topic = quoted(of.topic);
  std::string text;
  for (const statistic& each : table) {
    append_help(text, each.name, each.help, each.how);
    if (const auto value = each.value(of)) {
      text += fmt::format("logtail_{}{{topic={}}} {}\n", each.name, topic, text_of(each, *value));
    }
  }
  append_help(text, "build_info", "The version of logtail.", kind::gauge);
  text += fmt::format("logtail_build_info{{topic={},version={}}} 1\n", topic, quoted(of.version));
  return text;
}

}  // namespace logpipe::logtail
