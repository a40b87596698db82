#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {

void resuming_options::add_to(CLI::App& app) {
  app.add_option("-G,--group", group, "The consumer group to look at with -L")
      ->type_name("ID")
      ->group("Resuming");
}

}  // namespace logpipe::logcat
