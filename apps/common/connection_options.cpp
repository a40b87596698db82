#include "connection_options.hpp"

#include "exit_code.hpp"
#include "values.hpp"

#include <logpipe/kafka/error.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace logpipe::app {
namespace {

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

void read_default_files(kafka::config& settings) {
  std::vector<std::string> paths{"/etc/logpipe.conf"};
  if (const auto directory = environment("XDG_CONFIG_HOME")) {
    paths.push_back(*directory + "/logpipe.conf");
  } else if (const auto home = environment("HOME")) {
    paths.push_back(*home + "/.config/logpipe.conf");
  }
  for (const auto& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) settings.read_file(path);
  }
}

/// Why it is refused, and what this tool has instead.
usage_error refused(const kafka::owned_property& owned, std::span<const property_advice> instead) {
  const auto found = std::find_if(instead.begin(), instead.end(), [&](const auto& each) {
    return each.property == owned.property();
  });
  if (found == instead.end()) return usage_error(owned.what());
  return usage_error(fmt::format("{}; {}", owned.what(), found->advice));
}

void set_property(kafka::config& settings, const std::string& text) {
  if (text == "list" || text == "dump") {
    throw usage_error(fmt::format(
        "-X {} is kcat's; the properties are in librdkafka's CONFIGURATION.md; write -X KEY=VALUE",
        text));
  }
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw usage_error(fmt::format("-X: \"{}\" is no KEY=VALUE", text));
  }
  settings.set(text.substr(0, equals), text.substr(equals + 1), "-X");
}

void set_all(kafka::config& settings, const connection_options& options) {
  if (options.files.empty()) read_default_files(settings);
  if (const auto brokers = environment("KAFKA_BROKERS")) {
    settings.set("bootstrap.servers", *brokers, "KAFKA_BROKERS");
  }
  for (const auto& path : options.files) {
    settings.read_file(path);
  }
  if (options.brokers == "") throw usage_error("-b: name a broker, as in localhost:9092");
  if (options.brokers) settings.set("bootstrap.servers", *options.brokers, "-b");
  for (const auto& text : options.properties) {
    set_property(settings, text);
  }
  settings.set_default("bootstrap.servers", "localhost:9092");
}

}  // namespace

void connection_options::add_to(CLI::App& app) {
  constexpr const char* group = "Connection";
  app.add_option("-b,--brokers", brokers,
                 "Bootstrap servers (default localhost:9092, or KAFKA_BROKERS)")
      ->type_name("LIST")
      ->group(group);
  app.add_option("-X", properties, "A librdkafka property, repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("-F,--config", files,
                 "A file of key=value properties, repeatable, later ones win\n(default "
                 "/etc/logpipe.conf, then ~/.config/logpipe.conf)")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--connect-timeout", connect_timeout,
                 "How long a bounded run waits for a broker (default 30s)")
      ->type_name("D")
      ->group(group);
  constexpr const char* about = "Messages";
  auto* quiet_flag = app.add_flag("-q,--quiet", quiet, "Tell errors and losses only")->group(about);
  app.add_flag("--verbose", verbose, "Tell more, also what librdkafka logs")
      ->excludes(quiet_flag)
      ->group(about);
}

connection_plan resolve(const connection_options& options) {
  connection_plan plan;
  try {
    set_all(plan.settings, options);
  } catch (const kafka::owned_property& owned) {
    throw refused(owned, options.instead);
  }
  if (options.connect_timeout) {
    plan.connect_timeout = duration_value("--connect-timeout", *options.connect_timeout);
  }
  return plan;
}

std::string connection_plan::files_read() const {
  if (settings.files().empty()) return "";
  return fmt::format(" (configuration: {})", fmt::join(settings.files(), ", "));
}

messages::level level_of(const connection_options& options, bool bounded) {
  if (options.verbose) return messages::level::detail;
  if (options.quiet) return messages::level::error;
  if (bounded && ::isatty(STDERR_FILENO) == 0) return messages::level::warning;
  return messages::level::info;
}

}  // namespace logpipe::app
