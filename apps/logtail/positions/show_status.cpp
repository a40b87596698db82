#include "known_sources.hpp"
#include "run_command.hpp"
#include "source_status.hpp"
#include "status_text.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/base/parse.hpp>
#include <logpipe/base/time.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <unistd.h>

#include <algorithm>

namespace logpipe::logtail {
namespace {

std::vector<source_status> look(const show_status& command) {
  auto kept = ship::read_positions(state_path(command.state));
  if (!kept) {
    throw app::usage_error(
        fmt::format("{}: no such file; a run with --state makes it", command.state));
  }
  expect_known("--status", command.sources, *kept);
  if (!command.sources.empty()) keep_only(*kept, command.sources);
  return look_at_sources(*kept, command.rotated);
}

/// `most` is the one with the highest value of those over the limit.
struct excess {
  std::size_t count = 0;
  const source_status* most = nullptr;
};

template <typename Value>
excess over(const std::vector<source_status>& sources, Value limit, auto value_of) {
  excess found;
  for (const auto& source : sources) {
    if (value_of(source) <= limit) continue;
    ++found.count;
    if (!found.most || value_of(source) > value_of(*found.most)) found.most = &source;
  }
  return found;
}

app::exit_code compare(const std::vector<source_status>& sources, const show_status& command,
                       std::int64_t now, app::messages& out) {
  std::vector<std::string> said;
  if (command.max_lag) {
    const auto [count, most] =
        over(sources, *command.max_lag, [](const auto& source) { return source.lag; });
    if (count > 0) {
      said.push_back(fmt::format("{} more than {} behind (most: {}, {})", count,
                                 format_size(*command.max_lag), most->kept.path,
                                 format_size(most->lag)));
    }
  }
  if (command.max_age) {
    const auto [count, most] = over(sources, command.max_age->count(),
                                    [&](const auto& source) { return age_of(source, now); });
    if (count > 0) {
      said.push_back(fmt::format("{} behind for more than {} (longest: {}, {})", count,
                                 format_duration(*command.max_age), most->kept.path,
                                 format_duration(milliseconds(age_of(*most, now)))));
    }
  }
  if (said.empty()) return app::exit_code::success;
  out.error("of {} sources: {}", sources.size(), fmt::join(said, "; "));
  return app::exit_code::unmet;
}

}  // namespace

app::exit_code run(const show_status& command, app::messages& out, app::signal_watch& /*signals*/) {
  const auto sources = look(command);
  const std::int64_t now = wall_clock_now();
  write_all(STDOUT_FILENO, command.as_json ? status_json(sources, now) : status_table(sources, now),
            "stdout");
  return compare(sources, command, now, out);
}

}  // namespace logpipe::logtail
