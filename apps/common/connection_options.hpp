#pragma once

#include "messages.hpp"

#include <logpipe/kafka/config.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::app {

/// What a tool has instead of a librdkafka property that is not the user's to set.
struct property_advice {
  std::string_view property;
  std::string_view advice;
};

/// The options that both tools share, as they were written.
struct connection_options {
  /// The tool's own; outlives this.
  std::span<const property_advice> instead;
  std::optional<std::string> brokers;
  std::vector<std::string> properties;
  std::vector<std::string> files;
  std::optional<std::string> connect_timeout;
  bool quiet = false;
  bool verbose = false;

  /// Adds -b, -X, -F, -q, --verbose and --connect-timeout to `app`, whose lifetime ends before
  /// ours.
  void add_to(CLI::App& app);
};

/// What they come to.
struct connection_plan {
  /// Order of force: -X, -b, -F, KAFKA_BROKERS, the default files.
  kafka::config settings;
  std::chrono::milliseconds connect_timeout{30'000};

  /// " (configuration: /etc/logpipe.conf)" for the message that no broker was reached.
  std::string files_read() const;
};

/// Reads the files and the environment. Throws usage_error, kafka::config_error.
connection_plan resolve(const connection_options& options);

/// What is told: with `bounded` only trouble, unless stderr is a terminal or --verbose asks.
messages::level level_of(const connection_options& options, bool bounded);

}  // namespace logpipe::app
