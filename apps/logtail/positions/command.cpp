#include "command.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"
#include "logtail/plan_following.hpp"
#include "logtail/sources.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

namespace logpipe::logtail {
namespace {

using app::usage_error;

/// The one of the three that was asked for; empty: a run.
std::string_view command_name(const options& options) {
  std::vector<std::string_view> asked;
  if (options.status) asked.emplace_back("--status");
  if (!options.set.empty()) asked.emplace_back("--set");
  if (!options.forget.empty()) asked.emplace_back("--forget");
  if (asked.size() > 1) {
    throw usage_error(fmt::format("{} and {}: one at a time", asked[0], asked[1]));
  }
  return asked.empty() ? std::string_view() : asked.front();
}

void refuse_without_status(const options& options) {
  if (options.json) {
    throw usage_error("-J: with --status alone; logtail ships lines as they are, leave it out");
  }
  if (options.max_lag) throw usage_error("--max-lag: with --status alone");
  if (options.max_age) throw usage_error("--max-age: with --status alone");
}

/// What says how to reach a broker may stand in an alias or a script for all calls; what says what
/// is shipped is a mistake.
void refuse_those_of_a_run(const options& options, std::string_view command) {
  constexpr std::array<std::string_view, 15> taken{
      "--state",   "--wait-lock", "--status",          "-J",        "--max-lag",
      "--max-age", "--set",       "--forget",          "--rotated", "--brokers",
      "-X",        "--config",    "--connect-timeout", "--quiet",   "--verbose"};
  for (const auto& name : options.given) {
    if (std::find(taken.begin(), taken.end(), name) == taken.end()) {
      throw usage_error(fmt::format("{}: nothing is shipped with {}; leave it out", name, command));
    }
  }
}

void refuse_paths(const options& options, std::string_view command, std::string_view value) {
  if (options.paths.empty()) return;
  throw usage_error(
      fmt::format("\"{0}\": what is that for? {1} takes one {2}, and may be given several times",
                  options.paths.front(), command, value));
}

std::string named_path(std::string_view option, const std::string& path) {
  if (path.empty()) throw usage_error(fmt::format("{}: a PATH is empty", option));
  return follow::full_path(path);
}

std::vector<std::string> absolute_paths(std::string_view option,
                                        std::span<const std::string> paths) {
  std::vector<std::string> all;
  for (const auto& path : paths) {
    std::string absolute = named_path(option, path);
    if (std::find(all.begin(), all.end(), absolute) == all.end()) {
      all.push_back(std::move(absolute));
    }
  }
  return all;
}

show_status plan_status(const options& options) {
  if (options.wait_lock) throw usage_error("--wait-lock: --status needs no lock; leave it out");
  show_status plan{.state = *options.state, .as_json = options.json};
  plan.sources = absolute_paths("--status", options.paths);
  plan.rotated = rotated_globs(options);
  if (options.max_lag) plan.max_lag = app::size_value("--max-lag", *options.max_lag);
  if (options.max_age) plan.max_age = app::duration_value("--max-age", *options.max_age);
  return plan;
}

set_positions::target target_of(const std::string& text) {
  // A path may hold an '=', an offset does not.
  const auto equals = text.rfind('=');
  if (equals == std::string::npos) {
    throw usage_error(fmt::format("--set: \"{}\" is not PATH=OFFSET", text));
  }
  set_positions::target target{.path = named_path("--set", text.substr(0, equals))};
  const std::string offset = text.substr(equals + 1);
  if (offset == "end") return target;
  const auto number = parse_integer(offset);
  if (!number || *number < 0) {
    throw usage_error(
        fmt::format("--set: \"{}\" is no offset; write a number of bytes, or end", offset));
  }
  target.offset = static_cast<std::uint64_t>(*number);
  return target;
}

milliseconds wait_lock_of(const options& options) {
  return options.wait_lock ? app::duration_value("--wait-lock", *options.wait_lock)
                           : milliseconds(0);
}

set_positions plan_set(const options& options) {
  set_positions plan{.state = *options.state, .wait_lock = wait_lock_of(options)};
  plan.rotated = rotated_globs(options);
  std::set<std::string> paths;
  for (const auto& text : options.set) {
    auto target = target_of(text);
    if (!paths.insert(target.path).second) {
      throw usage_error(fmt::format("--set: {} is given twice", target.path));
    }
    plan.targets.push_back(std::move(target));
  }
  return plan;
}

}  // namespace

std::optional<positions_command> plan_positions(const options& options) {
  const std::string_view command = command_name(options);
  if (command != "--status") refuse_without_status(options);
  if (command.empty()) return std::nullopt;
  refuse_those_of_a_run(options, command);
  if (!options.state) {
    throw usage_error(fmt::format("{}: of which positions? name their --state FILE", command));
  }
  if (options.state->empty()) throw usage_error("--state: the name is empty");
  if (command == "--status") return plan_status(options);
  if (command == "--set") {
    refuse_paths(options, command, "PATH=OFFSET");
    return plan_set(options);
  }
  refuse_paths(options, command, "PATH");
  return forget_sources{*options.state, wait_lock_of(options),
                        absolute_paths("--forget", options.forget)};
}

}  // namespace logpipe::logtail
