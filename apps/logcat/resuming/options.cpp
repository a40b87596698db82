#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {

void resuming_options::add_to(CLI::App& app) {
  constexpr const char* subject = "Where to go on";
  app.add_option("--state", state,
                 "Keep positions in this SQLite database, and go on from them;\n"
                 "-o and its like count only where nothing is kept")
      ->type_name("FILE")
      ->group(subject);
  app.add_option("--wait-lock", wait_lock,
                 "Wait that long for another run with this state to end, instead of\n"
                 "ending with 5 at once")
      ->type_name("D")
      ->group(subject);
  app.add_option("-G,--group", group,
                 "Go on where this consumer group is, and share the partitions with its\n"
                 "other members; -o and its like count only where it has nothing")
      ->type_name("ID")
      ->group(subject);
  app.add_flag("--join", join,
               "With -G: a group that is an application's, too; its members or its\n"
               "offsets are not logcat's, and it loses records to us")
      ->group(subject);
  app.add_option("--commit", commit,
                 "When positions are kept: end (when the run ends with 0 or 4; default\n"
                 "in a run that ends) or flush (once output is written, at most each\n"
                 "second; default when following)")
      ->type_name("WHEN")
      ->group(subject);
  app.add_option("--output", output,
                 "Write to FILE instead of stdout, whole or not at all, in a run that\n"
                 "ends; %Y%m%d and the like are the time of its start")
      ->type_name("FILE")
      ->group(subject);
}

}  // namespace logpipe::logcat
