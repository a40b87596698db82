#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {
namespace {

void add_begin(CLI::App& app, selection_options& to) {
  constexpr const char* group = "Where to begin";
  app.add_option("-o,--from", to.from,
                 "newest, oldest, an offset N, or -N: the last N records of each\n"
                 "partition; or PARTITION:P,... for these partitions alone\n"
                 "(default newest; oldest with -e and --until)")
      ->type_name("P")
      ->group(group);
  app.add_option("--since", to.since,
                 "Records whose timestamp is at or past T: 2026-11-22, 2026-11-22T10:00,\n"
                 "10:00 (today), with seconds, fraction, Z or +08:00, -15m, now, or\n"
                 "milliseconds since the epoch")
      ->type_name("T")
      ->group(group);
  app.add_option("-n,--tail", to.tail,
                 "The last N records by time over all partitions, then follow")
      ->type_name("N")
      ->group(group);
  app.add_option("--at", to.at,
                 "Exactly the record at an offset of a partition, repeatable (exit\n"
                 "code 4 if it is not there, and what is known of it)")
      ->type_name("P:N")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("-p,--partition", to.partitions, "Only these partitions, as in 0,2-4")
      ->type_name("LIST")
      ->group(group);
}

void add_end(CLI::App& app, selection_options& to) {
  constexpr const char* group = "Where to end";
  app.add_flag("-e,--exit", to.exit, "At the end of the topic as it is at the start")->group(group);
  app.add_option("--until", to.until,
                 "Records whose timestamp is before T; a T that lies ahead is waited for")
      ->type_name("T")
      ->group(group);
  app.add_option("--slack", to.slack,
                 "With --until: how long, in records' time, one before T may come\n"
                 "behind those past it (default 1h)")
      ->type_name("D")
      ->group(group);
  app.add_option("-c,--count", to.count, "After N printed records")->type_name("N")->group(group);
  app.add_option("--timeout", to.timeout,
                 "After D in all, blocked output included (exit code 3 if\n"
                 "work is left)")
      ->type_name("D")
      ->group(group);
  app.add_option("--idle", to.idle, "After D without a record")->type_name("D")->group(group);
  app.add_option("--isolation", to.isolation,
                 "committed (default): to where the oldest open transaction\n"
                 "begins; uncommitted: also what is open or aborted")
      ->type_name("LEVEL")
      ->group(group);
}

}  // namespace

void selection_options::add_to(CLI::App& app) {
  add_begin(app, *this);
  add_end(app, *this);
}

}  // namespace logpipe::logcat
