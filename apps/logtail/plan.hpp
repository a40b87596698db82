#pragma once

#include "options.hpp"

#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/router.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// What a command line comes to: every default filled in, every contradiction refused.
struct plan {
  app::connection_plan connection;
  app::messages::level tell = app::messages::level::info;

  std::string topic;
  std::vector<std::string> paths;  // "-" is stdin
  follow::follow_options follow;
  /// It ends by itself: --once, or stdin alone.
  bool bounded = false;
  bool dry_run = false;

  ship::routing routing;
  std::optional<std::string> key;
  std::size_t memory = std::size_t{32} << 20;
  std::optional<milliseconds> timeout;
  milliseconds stop_timeout{5000};

  bool reads_stdin() const;
};

/// Fills in the defaults and reads the configuration files. Throws usage_error and
/// kafka::config_error.
plan make_plan(const options& options);

}  // namespace logpipe::logtail
