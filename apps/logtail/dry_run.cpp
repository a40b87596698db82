#include "dry_run.hpp"

#include "common/wait.hpp"
#include "sources.hpp"
#include "wording.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/format/json.hpp>

#include <unistd.h>

namespace logpipe::logtail {
namespace {

void append_lines(output_buffer& text, const follow::chunk& chunk, record as) {
  for (const std::string_view line : chunk.lines) {
    as.value = line;
    format::append_json_record(text, as);
  }
}

}  // namespace

app::exit_code dry_run(const plan& plan, app::messages& out, app::signal_watch& signals) {
  wording words(out, plan.topic);
  const auto tell = [&](const follow::event& event) { words.tell(event); };
  follow::follower follower(plan.follow, tell);
  add_sources(follower, plan.paths, tell);
  auto deadline = plan.timeout ? std::optional(clock::now() + *plan.timeout) : std::nullopt;

  record as;
  as.topic = plan.topic;
  as.partition = plan.routing.how == ship::routing::kind::fixed ? plan.routing.partition : -1;
  as.offset = -1;
  if (plan.key) as.key = *plan.key;

  follow::chunk chunk;
  output_buffer text;
  while (true) {
    const time_point now = clock::now();
    follower.look(now);
    const bool more = follower.read(chunk, now);
    if (more) {
      append_lines(text, chunk, as);
      if (write_all(STDOUT_FILENO, text.view(), "stdout") == write_result::closed) {
        return app::exit_code::success;
      }
      text.clear();
    }
    if (follower.finished()) break;
    if (deadline && now >= *deadline) {
      return plan.bounded ? app::exit_code::incomplete : app::exit_code::success;
    }
    if (!more) {
      app::wait_readable({signals.wake_fd(), follower.wake_fd()},
                         app::earlier(follower.next_look(now), deadline));
    }
    if (signals.take()) follower.stop(clock::now());
  }
  follower.tell_partials();
  if (plan.bounded && signals.came()) return signals.code();
  return plan.bounded && words.anything_lost() ? app::exit_code::failed : app::exit_code::success;
}

}  // namespace logpipe::logtail
