#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/format/time_text.hpp>

#include <fmt/format.h>

namespace logpipe::logcat {
namespace {

commit commit_value(const std::string& text) {
  if (text == "end") return commit::end;
  if (text == "flush") return commit::flush;
  throw app::usage_error(fmt::format("--commit: \"{}\" is not known; write end or flush", text));
}

std::string output_name(const std::string& pattern, std::int64_t now) {
  if (pattern.empty()) throw app::usage_error("--output: the name is empty");
  if (const auto bad = format::first_bad_conversion(pattern)) {
    throw app::usage_error(
        fmt::format("--output: {} is no part of a time; write %% for a percent sign", *bad));
  }
  output_buffer name(pattern.size() + 64);
  format::time_text(pattern).append(name, now);
  return std::string(name.view());
}

void check(const resuming_options& options, bool bounded) {
  if (options.state && options.state->empty()) {
    throw app::usage_error("--state: the name is empty");
  }
  if (options.wait_lock && !options.state)
    throw app::usage_error("--wait-lock: with --state alone");
  if (options.group && options.group->empty()) throw app::usage_error("-G: the name is empty");
  if (options.group && options.state) throw app::usage_error("-G and --state exclude each other");
  if (options.join && !options.group) throw app::usage_error("--join: with -G alone");
  if (options.commit && !options.state && !options.group) {
    throw app::usage_error("--commit: says when positions are kept; write --state FILE or -G too");
  }
  if (options.output && !bounded) {
    throw app::usage_error("--output: for a run that ends alone; write -e, for one");
  }
}

}  // namespace

resuming_plan resolve(const resuming_options& options, bool bounded, std::int64_t now) {
  check(options, bounded);
  resuming_plan plan;
  plan.state = options.state;
  plan.group = options.group;
  plan.join = options.join;
  if (options.wait_lock) plan.wait_lock = app::duration_value("--wait-lock", *options.wait_lock);
  plan.when = bounded ? commit::end : commit::flush;
  if (options.commit) plan.when = commit_value(*options.commit);
  if (options.output && plan.when == commit::flush) {
    throw app::usage_error("--output: is there when the run has ended; leave --commit flush out");
  }
  if (options.output) plan.output = output_name(*options.output, now);
  return plan;
}

}  // namespace logpipe::logcat
