#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {

void reading_options::add_to(CLI::App& app) {
  constexpr const char* group = "In what order";
  app.add_flag("--merge", merge,
               "One stream in timestamp order over all partitions; without it,\n"
               "each partition in its order, as they come")
      ->group(group);
  app.add_option("--merge-wait", merge_wait,
                 "With --merge, when following: a record waits at most D for\n"
                 "partitions that are silent (default 1s); what comes later is\n"
                 "printed at once")
      ->type_name("D")
      ->group(group);
}

}  // namespace logpipe::logcat
