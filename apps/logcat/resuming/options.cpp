#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {

void resuming_options::add_to(CLI::App& app) {
  constexpr const char* help_group = "Resuming";
  app.add_option("-G,--group", group,
                 "Go on where the consumer group ID is, and share the partitions with\n"
                 "its other members; -o counts where nothing is committed")
      ->type_name("ID")
      ->group(help_group);
  app.add_flag("--join", join,
               "With -G: also into a group whose members or offsets are not logcat's")
      ->group(help_group);
  app.add_option("--commit", commit,
                 "When positions are kept: end (of a run that succeeded; the default of\n"
                 "one that ends by itself) or flush (as records are written)")
      ->type_name("end|flush")
      ->group(help_group);
}

}  // namespace logpipe::logcat
