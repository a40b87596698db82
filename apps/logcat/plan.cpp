#include "plan.hpp"

#include "common/color.hpp"
#include "common/exit_code.hpp"
#include "common/progress.hpp"

#include <logpipe/base/time.hpp>

#include <fmt/format.h>

#include <string_view>

namespace logpipe::logcat {
namespace {

/// Counts are told at the end, so there must be one; from now on it is the user's to choose.
selection_options with_end(selection_options selection, const filtering_options& filtering) {
  const bool from_now_on = selection.from == "newest" || selection.from == "end";
  if (filtering.counts() && !from_now_on && !selection.until) selection.exit = true;
  return selection;
}

void check_counting(const options& options) {
  if (!options.filtering.counts()) return;
  const auto& printing = options.printing;
  if (printing.format || printing.value_only || printing.nul) {
    throw app::usage_error(
        "--count-only and --histogram print no records, so -f, --value and -0 say nothing");
  }
}

/// What keys are compared with is what they print as. One that does not fit -s prints as it is.
format::record_filter::key_text text_of(const format::packing& packing) {
  return [packing, text = format::unpacked_text()](std::string_view key) mutable {
    return packing.fits(key) ? text.of(packing, key) : key;
  };
}

/// Each of these records is read alone.
void check_at(const plan& plan) {
  if (plan.selection.at.empty()) return;
  const auto refuse = [](std::string_view option, bool given) {
    if (!given) return;
    throw app::usage_error(fmt::format("--at names its records; leave {} out", option));
  };
  refuse("--state", plan.resuming.state.has_value());
  refuse("-G", plan.resuming.group.has_value());
  refuse("--merge", plan.reading.merge);
  refuse("-A, -B and -C", !plan.filtering.context.none());
}

void check_resumable(const plan& plan) {
  const auto& resuming = plan.resuming;
  // The last records by time are no stretch of each partition of which a part could be kept.
  if (resuming.state && plan.selection.tail && plan.selection.count) {
    throw app::usage_error("--state: with -n or with -c, not with both");
  }
  // What has been counted is lost with a run that is killed.
  const bool resumes = resuming.state || resuming.group;
  if (resumes && plan.filtering.counts() && resuming.when == commit::flush) {
    throw app::usage_error(fmt::format("{}: counts are told at the end, so write --commit end",
                                       resuming.state ? "--state" : "-G"));
  }
}

/// What a run is about that prints no records, beside what its own room says.
void resolve_looking(plan& plan, const options& options, bool terminal) {
  plan.looking.json = options.printing.json.has_value();
  plan.looking.coloured = app::wants_color(options.printing.color, terminal);
  plan.looking.group = options.resuming.group.value_or("");
  const bool lists = plan.looking.what == looking_plan::kind::list;
  if (plan.looking.any() && options.printing.json == "kcat") {
    throw app::usage_error("--json=kcat has kcat's names for records; write -J");
  }
  if (options.resuming.group && plan.looking.any() && !lists) {
    throw app::usage_error("-G: only -L looks at groups");
  }
  if (options.topics.empty() && !lists) {
    throw app::usage_error("name a TOPIC to print; see logcat --help");
  }
}

// Which partitions are read is the group's to say, and nobody knows the newest records of a share.
void check_group(const plan& plan) {
  if (!plan.resuming.group || plan.looking.any()) return;
  if (!plan.selection.starts.empty()) {
    throw app::usage_error("-o with partitions and -G exclude each other: a group gives them out");
  }
  if (!plan.selection.partitions.empty()) {
    throw app::usage_error("-p and -G exclude each other: a group gives out the partitions");
  }
  if (plan.selection.tail) {
    throw app::usage_error("-n and -G exclude each other; -o -N is the last N of each partition");
  }
  if (plan.selection.until_lies_ahead) {
    throw app::usage_error("-G: with --until a time that has passed, or with --timeout");
  }
  if (plan.reading.merge) {
    throw app::usage_error(
        "--merge and -G exclude each other: a group may give a partition away at any time");
  }
}

}  // namespace

plan make_plan(const options& options, bool terminal) {
  plan plan;
  const std::int64_t now = wall_clock_now();
  plan.looking = resolve(options.looking);
  const bool for_terminal = terminal && !options.resuming.output;
  resolve_looking(plan, options, for_terminal);
  check_counting(options);
  plan.filtering = resolve(options.filtering);
  plan.selection = resolve(with_end(options.selection, options.filtering), options.topics, now);
  plan.reading = resolve(options.reading);
  plan.printing = resolve(options.printing, for_terminal);
  if (const auto& key = plan.printing.packing.key) {
    plan.filtering.filter.compare_keys_as(text_of(*key));
  }
  if (options.printing.json) plan.filtering.form = count_form::json;
  plan.connection = app::resolve(options.connection);
  plan.bounded = plan.selection.is_bounded() || plan.looking.any();
  if (options.filtering.fail_empty && !plan.bounded) {
    throw app::usage_error("--fail-empty is for a run that ends by itself: add -e, or --timeout");
  }
  plan.progress =
      plan.bounded && app::wants_progress(app::when_value("--progress", options.printing.progress));
  plan.resuming = resolve(options.resuming, plan.bounded, now);
  check_at(plan);
  check_resumable(plan);
  check_group(plan);
  return plan;
}

}  // namespace logpipe::logcat
