#pragma once

#include "rotated_logs.hpp"

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace logpipe::follow::testing {

/// What readers of logs have to give that keep their positions, each going on where the one before
/// it had all acknowledged: a model of the contract, not of the code.
///
/// Each generation is given once, from its first byte to its end, a source's one behind the other;
/// what was given and not acknowledged is given again. Generations that were there at the first
/// start are not given, and those that are deleted unread are told. With `alike`, when nothing
/// tells one line from another, a generation may be given from its beginning again. Everything that
/// is broken throws broken_promise.
class downtime_model {
public:
  downtime_model(const rotated_logs& logs, std::size_t max_line, bool alike)
      : m_logs(&logs), m_max_line(max_line), m_alike(alike) {}

  /// A reader starts from these.
  void starts(const std::vector<kept_generation>& kept);
  void gives(const chunk& given);
  /// `kept` is the ID of what is kept because of it, if anything is.
  void tells(const event& told, kept_id kept);
  /// A rotated file is going to be written to: what comes may be given by the next reader only.
  void writes_late(const log_generation& generation);

  std::uint64_t given_of(const log_generation& generation) const;
  void require_all_given() const;
  /// At a reader's end, which may hold unfinished lines of rotated files and tell them.
  void require_all_given_or_told() const;

private:
  struct progress {
    /// Acknowledged, when a reader starts.
    std::uint64_t given = 0;
    /// Nothing is kept of it for which there is anything to do.
    bool is_done = true;
    /// What was written behind this need not come from this reader.
    std::uint64_t in_time = UINT64_MAX;
  };
  static void goes_on(progress& from, const kept_generation& row);
  /// Logs are numbered as the reader's sources are.
  const rotated_log& log_of(source_id source) const { return m_logs->all().at(source); }
  const log_generation& made(std::uint64_t inode) const;
  void vanishes(const generation_vanished& told);
  void require_held_told(const log_generation& generation) const;
  void check_turn(const rotated_log& log, const log_generation& given, std::uint64_t begin) const;
  std::uint64_t missing(const log_generation& generation, bool with_half) const;

  const rotated_logs* m_logs;
  std::size_t m_max_line;
  bool m_alike;
  std::map<const log_generation*, progress> m_progress;
  /// Told by the present reader.
  std::vector<partial_held> m_held;
  /// Which generation each kept one is.
  std::map<kept_id, const log_generation*> m_kept;
  /// Deleted before all of it was acknowledged, and not told yet.
  std::set<const log_generation*> m_vanished;
};

}  // namespace logpipe::follow::testing
