#pragma once

#include "common/progress.hpp"
#include "options.hpp"
#include "plan_records.hpp"

#include <logpipe/follow/follower.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// What a command line comes to: every default filled in, every contradiction refused.
struct plan {
  app::connection_plan connection;
  app::messages::level tell = app::messages::level::info;

  std::vector<std::string> paths;  // "-" is stdin
  bool recursive = false;
  follow::follow_options follow;
  /// follow.max_line was not asked for: it follows what the topics take.
  bool max_line_is_ours = true;
  /// It ends by itself: --once, or stdin alone.
  bool bounded = false;
  bool dry_run = false;

  format::topic_template topic{"-"};
  /// As it was written, for messages.
  std::string topic_text;
  std::optional<kafka::new_topic> create_topic;
  ship::routing routing;
  ship::composition composition;
  std::optional<std::string> rejected;

  /// Where positions are kept, if they are.
  std::optional<std::string> state;
  /// How long to wait for another owner of it.
  milliseconds wait_lock{0};

  std::size_t memory = std::size_t{32} << 20;
  std::optional<milliseconds> timeout;
  milliseconds stop_timeout{5000};

  std::optional<milliseconds> stats;
  std::optional<std::string> metrics;
  /// A progress line is drawn; in bounded runs alone.
  bool progress = false;

  bool reads_stdin() const;
};

/// Fills in the defaults and reads the configuration files. Throws usage_error and
/// kafka::config_error.
plan make_plan(const options& options);

}  // namespace logpipe::logtail
