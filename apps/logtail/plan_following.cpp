#include "plan_following.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/follow/names/glob.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace logpipe::logtail {
namespace {

constexpr std::size_t usual_max_line = std::size_t{900} << 10;
constexpr std::size_t least_max_line = 16;
/// The next run may find the line's end.
constexpr milliseconds patience_between_runs = std::chrono::hours(1);

follow::start_at start_of(const options& options) {
  using kind = follow::start_at::kind;
  if (options.last_lines) {
    return {kind::last_lines,
            static_cast<std::uint64_t>(app::integer_value("-n", *options.last_lines, 0))};
  }
  // A state that was lost must not skip lines silently.
  const bool takes_all = options.once || options.state;
  const std::string from = options.from.value_or(takes_all ? "beginning" : "end");
  if (from == "beginning") return {kind::beginning};
  if (from == "end") return {kind::end};
  const auto last = parse_integer(from);
  if (!last || *last > 0 || !from.starts_with('-')) {
    throw app::usage_error(
        fmt::format("--from: \"{}\" is none of end, beginning and -N (the last N lines)", from));
  }
  return {kind::last_lines, static_cast<std::uint64_t>(-*last)};
}

/// A line cannot be longer than half of the memory: one is on its way while the next is read.
std::size_t max_line_of(const options& options, std::size_t memory) {
  const std::size_t most = memory / 2;
  if (options.input == "json") return most;
  if (!options.max_line) return std::min(usual_max_line, most);
  const auto size = app::size_value("--max-line", *options.max_line);
  if (size < least_max_line || size > most) {
    throw app::usage_error(fmt::format("--max-line: from {} bytes to half of --memory, {}",
                                       least_max_line, format_size(most)));
  }
  return size;
}

void set_framing(const options& options, follow::follow_options& to) {
  if (options.nul) to.delimiter.assign(1, '\0');
  if (options.delimiter) to.delimiter = app::bytes_value("-D", *options.delimiter);
  to.keep_return = options.keep_return;
  if (to.keep_return && to.delimiter != "\n") {
    throw app::usage_error("--keep-cr: nothing is dropped before the delimiter that was given");
  }
  if (options.multiline_start) {
    to.multiline.emplace(follow::multiline{
        .start = app::pattern_value("--multiline-start", *options.multiline_start)});
    if (options.multiline_timeout) {
      to.multiline->timeout =
          app::duration_value("--multiline-timeout", *options.multiline_timeout);
    }
  } else if (options.multiline_timeout) {
    throw app::usage_error("--multiline-timeout: with --multiline-start alone");
  }
  if (options.flush_partial) {
    to.flush_partial = app::duration_value("--flush-partial", *options.flush_partial);
  } else if (options.once && options.state) {
    to.flush_partial = patience_between_runs;
  }
}

/// `{name}` and `{path}` are the source's, other braces the shell's: `{gz,zst}`.
void check_rotated(const std::string& glob) {
  if (glob.empty()) throw app::usage_error("--rotated: the glob is empty");
  for (auto at = glob.find('{'); at != std::string::npos; at = glob.find('{', at + 1)) {
    const std::string braces = glob.substr(at, glob.find('}', at) - at + 1);
    const bool is_list = braces.ends_with('}') && braces.find(',') != std::string::npos;
    if (braces != "{name}" && braces != "{path}" && !is_list) {
      throw app::usage_error(
          fmt::format("--rotated: \"{}\" is neither {{name}} nor {{path}} nor a list", braces));
    }
  }
}

void set_memory(const options& options, follow::follow_options& to) {
  to.remembers = options.state.has_value();
  to.rotated = rotated_globs(options);
  if (options.ignore_older) {
    to.ignore_older = app::duration_value("--ignore-older", *options.ignore_older);
  }
}

}  // namespace

std::vector<std::string> rotated_globs(const options& options) {
  for (const auto& glob : options.rotated)
    check_rotated(glob);
  return options.rotated;
}

follow::follow_options plan_following(const options& options, std::size_t memory) {
  follow::follow_options following;
  following.once = options.once;
  following.start = start_of(options);
  for (const auto& pattern : options.exclude) {
    for (auto& one : follow::expand_braces(pattern)) {
      following.exclude.push_back(std::move(one));
    }
  }
  following.block_size = std::min<std::size_t>(following.block_size, memory / 16);
  following.max_line = max_line_of(options, memory);
  if (options.input == "json") following.long_lines = follow::long_lines::pass_over;
  set_framing(options, following);
  set_memory(options, following);
  if (options.hold_deleted) {
    following.hold_deleted = app::size_value("--hold-deleted", *options.hold_deleted);
  }
  if (options.poll) {
    following.poll = app::duration_value("--poll", *options.poll);
    if (*following.poll < milliseconds(1)) throw app::usage_error("--poll: at least 1ms");
  }
  return following;
}

}  // namespace logpipe::logtail
