#include "command_line.hpp"

#include "exit_code.hpp"
#include "negative_values.hpp"

#include <logpipe/base/nearest.hpp>
#include <logpipe/base/output.hpp>
#include <logpipe/kafka/config.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

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
    for (const auto& word : option->get_lnames()) {
      names.push_back("--" + word);
    }
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

/// CLI11's help, without what a reader need not see: which options exclude each other (an error
/// says so), and the default of an optional value in the option's name.
class help_formatter : public CLI::Formatter {
public:
  explicit help_formatter(std::string usage) : m_usage(std::move(usage)) {}

  std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override {
    return "\nUsage: " + m_usage + "\n";
  }
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, is_positional);
    if (const auto brace = name.find('{'); brace != std::string::npos) {
      name.replace(brace, std::string::npos, "[=" + option->get_type_name() + "]");
    }
    return name;
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    const bool is_in_name = option->get_name(false, true).find('{') != std::string::npos;
    return option->get_type_size() == 0 || type.empty() || is_in_name ? "" : " " + type;
  }

private:
  std::string m_usage;
};

parsed print(std::string_view text) {
  write_all(STDOUT_FILENO, text, "stdout");
  return parsed::done;
}

}  // namespace

parsed parse_command_line(CLI::App& app, const std::string& usage, int argc,
                          const char* const* argv, std::span<const foreign_option> foreign) {
  app.formatter(std::make_shared<help_formatter>(usage));
  app.set_help_flag("-h,--help", "This help")->group("Messages");
  bool version = false;
  app.add_flag("--version", version, "Version, with that of librdkafka")->group("Messages");
  try {
    auto words = join_negative_values(app, argc, argv);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    app.parse(std::move(words));
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
    if (version) {
      return print(fmt::format("{} {} (librdkafka {})\n", app.get_name(), LOGPIPE_VERSION,
                               kafka::library_version()));
    }
    throw usage_error(fmt::format("{}; see {} --help", one_line(error.what()), app.get_name()));
  }
  if (version) {
    return print(fmt::format("{} {} (librdkafka {})\n", app.get_name(), LOGPIPE_VERSION,
                             kafka::library_version()));
  }
  return parsed::run;
}

}  // namespace logpipe::app
