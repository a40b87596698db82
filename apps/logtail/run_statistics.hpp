#pragma once

#include <logpipe/base/clock.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logpipe::logtail {

/// What a run has done and how it stands: what --stats and --metrics tell. Counters count from the
/// start of the run.
struct run_statistics {
  /// As -t gives it.
  std::string topic;
  std::string version;
  /// Of the wall clock, milliseconds since the epoch.
  std::int64_t time = 0;

  std::uint64_t lag_bytes = 0;
  /// Nothing: all are acknowledged.
  std::optional<milliseconds> oldest_line_age;
  /// Milliseconds since the epoch; nothing: none yet.
  std::optional<std::int64_t> last_acknowledgement;
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  std::uint64_t lost_bytes = 0;
  std::uint64_t refused_lines = 0;
  std::uint64_t lines_sent_again = 0;
  std::uint64_t records_in_flight = 0;
  std::uint64_t sources = 0;
  std::uint64_t unreadable_sources = 0;
  std::uint64_t held_deleted_bytes = 0;
  /// How often positions could not be saved.
  std::uint64_t state_errors = 0;
  bool broker_up = false;
};

/// One number of them, as it is called outside: part of the contract. In Prometheus' format
/// `logtail_` stands before the name.
struct statistic {
  enum class kind { gauge, counter };
  /// Seconds are held as milliseconds and written with three decimals.
  enum class unit { number, seconds };

  std::string_view name;
  kind how;
  unit in;
  std::string_view help;
  /// Nothing: there is no such number now.
  std::optional<std::uint64_t> (*value)(const run_statistics&);
};

/// All of them, in the order in which they are written.
std::span<const statistic> all_statistics();
/// The number as text, in its unit.
std::string text_of(const statistic& which, std::uint64_t value);

/// One JSON object, newline included: `time` (milliseconds since the epoch), `version`, `topic`,
/// and each statistic by its name, null where there is none now.
std::string statistics_json(const run_statistics& of);
/// In Prometheus' text format, version 0.0.4: each statistic with the label `topic`, and
/// logtail_build_info with the version.
std::string prometheus_text(const run_statistics& of);

}  // namespace logpipe::logtail
