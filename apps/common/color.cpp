#include "color.hpp"

#include "when.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <string_view>

namespace logpipe::app {
namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

void color_option::add_to(CLI::App& app, const std::string& group) {
  app.add_option("--color", when, "auto (default: on a terminal, and no NO_COLOR), always, never")
      ->type_name("WHEN")
      ->group(group);
}

bool wants_color(const color_option& option, bool terminal) {
  switch (when_value("--color", option.when)) {
    case when::always:
      return true;
    case when::never:
      return false;
    case when::automatic:
      break;
  }
  return terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

}  // namespace logpipe::app
