#include "run_ending.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

namespace logpipe::logcat {
namespace {

using app::exit_code;

std::string what_is_left(const selection_plan& wanted, const assignment& parts,
                         std::int64_t found) {
  if (const reading* part = parts.first_unfinished(); part != nullptr && part->end != no_end) {
    return fmt::format("{} offsets are left, the first at {} [{}] {}", parts.left(), part->topic,
                       part->partition, part->next);
  }
  if (wanted.until_lies_ahead) return "--until has not come yet";
  if (wanted.count && found < *wanted.count)
    return fmt::format("{} of {} records came", found, *wanted.count);
  return parts.caught_up() ? "" : "the end of the topic was not reached";
}

}  // namespace

std::string limit_text(const selection_plan& wanted, loop_end end) {
  if (end == loop_end::idle) {
    return fmt::format("no record came for {}", format_duration(*wanted.idle));
  }
  return fmt::format("the time limit of {} has passed", format_duration(*wanted.timeout));
}

exit_code tell_ending(run_context& context, const plan& plan, loop_end end, const assignment& parts,
                      std::int64_t found) {
  switch (end) {
    case loop_end::done:
    case loop_end::enough:
      return exit_code::success;
    case loop_end::signal:
      return context.signal_code();
    case loop_end::idle:
    case loop_end::timeout:
      break;
  }
  const std::string left = what_is_left(plan.selection, parts, found);
  if (left.empty()) return exit_code::success;
  context.messages().error("{}: {}", limit_text(plan.selection, end), left);
  return exit_code::incomplete;
}

}  // namespace logpipe::logcat
