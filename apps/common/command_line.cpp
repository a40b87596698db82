#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <vector>

#include <logpipe/base/nearest.hpp>
#include <logpipe/base/output.hpp>
#include <logpipe/kafka/config.hpp>

#include "exit_code.hpp"

namespace logpipe::app {
namespace {

std::string unknown_option(const CLI::App& app, const std::string& argument,
                           std::span<const foreign_option> foreign) {
  // "-Pt" is the letter P with another behind it; "--word=value" the word alone.
  const bool is_long = argument.starts_with("--");
  const std::string name = is_long ? argument.substr(0, argument.find('=')) : argument.substr(0, 2);
  for (const auto& [known, advice] : foreign) {
    if (known == name) return fmt::format("there is no {}: {}", name, advice);
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& word : option->get_lnames()) names.push_back("--" + word);
  }
  const auto meant = is_long ? nearest(name, names) : std::nullopt;
  return fmt::format("there is no option {}; {}", name,
                     meant ? fmt::format("did you mean {}?", *meant)
                           : fmt::format("see {} --help", app.get_name()));
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

parsed print(std::string_view text) {
  write_all(STDOUT_FILENO, text, "stdout");
  return parsed::done;
}

}  // namespace

parsed parse_command_line(CLI::App& app, int argc, const char* const* argv,
                          std::span<const foreign_option> foreign) {
  app.set_help_flag("-h,--help", "This help");
  bool version = false;
  app.add_flag("--version", version, "Version, with that of librdkafka");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(app.help());
  } catch (const CLI::ExtrasError& error) {
    for (const std::string& argument : app.remaining()) {
      if (argument.size() > 1 && argument.front() == '-') {
        throw usage_error(unknown_option(app, argument, foreign));
      }
    }
    throw usage_error(one_line(error.what()));
  } catch (const CLI::ParseError& error) {
    if (version) return print(fmt::format("{} {} (librdkafka {})\n", app.get_name(), LOGPIPE_VERSION,
                                          kafka::library_version()));
    throw usage_error(fmt::format("{}; see {} --help", one_line(error.what()), app.get_name()));
  }
  if (version) return print(fmt::format("{} {} (librdkafka {})\n", app.get_name(), LOGPIPE_VERSION,
                                        kafka::library_version()));
  return parsed::run;
}

}  // namespace logpipe::app
