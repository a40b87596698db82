#include "plan.hpp"

#include "common/exit_code.hpp"

#include <fmt/format.h>

namespace logpipe::logcat {
namespace {

commit_policy parse_policy(const std::string& text) {
  if (text == "end") return commit_policy::at_end;
  if (text == "flush") return commit_policy::at_flush;
  throw app::usage_error(fmt::format("--commit {}: write end or flush", text));
}

}  // namespace

resuming_plan resolve(const resuming_options& options, bool bounded) {
  if (options.group && options.group->empty()) throw app::usage_error("-G: name the group");
  if (options.join && !options.group) throw app::usage_error("--join belongs to -G");
  if (options.commit && !options.group) throw app::usage_error("--commit belongs to -G");
  resuming_plan plan;
  plan.group = options.group;
  plan.join = options.join;
  plan.commit = options.commit ? parse_policy(*options.commit)
                : bounded      ? commit_policy::at_end
                               : commit_policy::at_flush;
  return plan;
}

}  // namespace logpipe::logcat
