#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <string_view>

namespace logpipe::logcat {
namespace {

/// Unlike other values it may be empty: an empty key is a key.
std::string key_of(const std::string& text) {
  return text.empty() ? text : app::bytes_value("-k", text);
}

void add_header(format::record_filter& filter, const std::string& text, pattern_options how) {
  const auto sign = text.find('=');
  if (sign == std::string::npos || sign == 0) {
    throw app::usage_error(fmt::format(
        "--grep-header: \"{}\" is no NAME=RE; write NAME= for any value of that header", text));
  }
  filter.require_header(text.substr(0, sign),
                        app::pattern_value("--grep-header", text.substr(sign + 1), how));
}

format::record_filter filter_of(const filtering_options& options) {
  const pattern_options how{.any_case = options.any_case, .dot_is_any = true};
  format::record_filter filter;
  if (options.key) filter.require_key(key_of(*options.key));
  for (const auto& text : options.grep) {
    filter.require_value(app::pattern_value("--grep", text, how));
  }
  for (const auto& text : options.grep_key) {
    filter.require_key(app::pattern_value("--grep-key", text, how));
  }
  for (const auto& text : options.grep_header) {
    add_header(filter, text, how);
  }
  if (options.tombstones) filter.require_tombstone();
  if (options.invert) filter.invert();
  return filter;
}

std::size_t records_of(const char* name, const std::optional<std::string>& text) {
  return text ? static_cast<std::size_t>(app::integer_value(name, *text, 0)) : 0;
}

/// kcat's -C has no number: it may stand alone, or before other letters or a topic.
std::size_t around_of(const std::optional<std::string>& text) {
  if (text && !parse_integer(*text)) {
    throw app::usage_error(
        "-C needs a number of records for context; kcat's -C: logcat always reads; leave it out");
  }
  return records_of("-C", text);
}

/// As in grep, -C gives way to the side that is given on its own.
context_size context_of(const filtering_options& options) {
  const std::size_t around = around_of(options.around);
  return {.before = options.before ? records_of("-B", options.before) : around,
          .after = options.after ? records_of("-A", options.after) : around};
}

/// What would silently do nothing, or print nothing, is a slip of the pen.
void check_sense(const filtering_options& options, const format::record_filter& filter) {
  const bool any_context = options.after || options.before || options.around;
  const bool any_expression =
      !options.grep.empty() || !options.grep_key.empty() || !options.grep_header.empty();
  if (options.invert && filter.empty()) {
    throw app::usage_error("--invert needs --grep, --key or another condition to turn round");
  }
  if (options.any_case && !any_expression) {
    throw app::usage_error("-i needs --grep, --grep-key or --grep-header; -k is exact");
  }
  if (any_context && filter.empty()) {
    throw app::usage_error("-A, -B and -C need --grep or another condition to stand around");
  }
  if (options.tombstones && !options.grep.empty()) {
    throw app::usage_error("--tombstones and --grep exclude each other: null matches nothing");
  }
  if (options.count_only && options.histogram) {
    throw app::usage_error("--count-only and --histogram exclude each other");
  }
  if (options.counts() && any_context) {
    throw app::usage_error("-A, -B and -C are for printing, not for counting");
  }
}

}  // namespace

filtering_plan resolve(const filtering_options& options) {
  filtering_plan plan;
  plan.filter = filter_of(options);
  plan.context = context_of(options);
  check_sense(options, plan.filter);
  plan.must_find = options.fail_empty || !plan.filter.empty();
  plan.count_only = options.count_only;
  if (options.histogram) {
    plan.histogram = app::duration_value("--histogram", *options.histogram);
    if (plan.histogram->count() < 1) throw app::usage_error("--histogram: at least 1ms");
  }
  return plan;
}

}  // namespace logpipe::logcat
