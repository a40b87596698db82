#pragma once

#include <optional>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::app {

/// --color, as it was written.
struct color_option {
  std::optional<std::string> when;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app, const std::string& group);
};

/// Whether to write in colours. Automatic means: to a terminal that is not `dumb` (TERM), unless
/// NO_COLOR is set to anything but nothing (no-color.org). Throws usage_error.
bool wants_color(const color_option& option, bool terminal);

}  // namespace logpipe::app
