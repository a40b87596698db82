#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::app {

/// A command line's words without the program's name, a negative value joined to the option that
/// takes it: CLI11 would take the -20 of "-o -20" for an option. "-eo -20" becomes "-eo-20" and
/// "--since -15m" "--since=-15m". `app` has all its options. What stands behind "--" stays as it
/// is.
std::vector<std::string> join_negative_values(const CLI::App& app, int argc,
                                              const char* const* argv);

/// A minus and a digit.
bool looks_negative(std::string_view word);

}  // namespace logpipe::app
