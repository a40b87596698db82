#pragma once

#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/memory/past_reading.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace logpipe::follow {

/// The files of a log that were rotated long before its present one, as they were found after a
/// time in which nothing ran: read one after the other, each to its end. Their writers have left
/// them.
class backlog {
public:
  /// `path` is that of the log, `log` the same made absolute.
  backlog(source_id source, std::string path, std::string log, const surroundings& around)
      : m_source(source), m_path(std::move(path)), m_log(std::move(log)), m_around(&around) {}

  /// To be read behind those that were added before.
  void add(past_file file);
  bool is_empty() const noexcept { return m_files.empty(); }

  source::progress read(chunk& out, time_point now);
  /// Lets all of them go.
  void end(time_point now);

  std::uint64_t unread_bytes() const;
  std::optional<std::string> name_of(generation_id number) const;
  std::optional<kept_generation> describe(generation_id number) const;

private:
  source::progress read_first(chunk& out, time_point now);
  void let_go(kept_generation last, time_point now);
  kept_generation unfinished(const past_reading& file) const;

  source_id m_source;
  std::string m_path;
  std::string m_log;
  const surroundings* m_around;
  std::deque<past_reading> m_files;
};

}  // namespace logpipe::follow
