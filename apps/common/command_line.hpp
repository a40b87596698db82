#pragma once

#include <span>
#include <string>
#include <string_view>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::app {

/// A letter or word that kcat, kcl, tail or grep knows and we do not, and what to write instead.
struct foreign_option {
  std::string_view name;
  std::string_view advice;
};

enum class parsed { run, done };

/// Parses argv. `usage` is the line of the help that says how to call. Help and version (with
/// librdkafka's) are written to stdout: `done`. Everything that is wrong with the command line
/// becomes one usage_error: a foreign option with its advice, an unknown one with the nearest
/// known. A negative value may stand behind its option as a word of its own.
parsed parse_command_line(CLI::App& app, const std::string& usage, int argc,
                          const char* const* argv, std::span<const foreign_option> foreign);

}  // namespace logpipe::app
