#pragma once

#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::ship {

/// What is kept of a source beside its generations. Times are milliseconds since the epoch.
struct kept_source {
  /// Absolute; by it the generations name it.
  std::string path;
  /// Where its lines went last.
  std::string topic;
  /// ID of that cluster; empty: not known.
  std::string cluster;
  /// Bytes of an unfinished last line that wait for its end.
  std::uint64_t held = 0;
  /// Since it was first kept, or forgotten: bytes known to be lost; lines refused for good, and
  /// lines that may have been sent twice.
  std::uint64_t lost = 0;
  std::uint64_t refused = 0;
  std::uint64_t sent_again = 0;
  /// When all that stood in its files was last seen to be acknowledged.
  std::int64_t caught_up = 0;

  friend bool operator==(const kept_source&, const kept_source&) = default;
};

/// All that is kept.
struct kept_positions {
  std::vector<follow::kept_generation> generations;  // by ID, ascending: as they were begun
  std::vector<kept_source> sources;
  /// When a run last said that it is alive; 0: never.
  std::int64_t alive = 0;
  /// The last run came to its end.
  bool ended_well = true;
};

/// What changes, at once: all of it is kept, or none.
struct position_changes {
  /// Those with an ID replace what is kept by it, the others' IDs were taken from next_id(). Their
  /// `seen` becomes `alive`.
  std::vector<follow::kept_generation> generations = {};
  /// Others that are still there: of these nothing else changes. One that is not kept is passed
  /// over.
  std::vector<follow::kept_id> seen = {};
  std::vector<follow::kept_id> forgotten = {};
  std::vector<kept_source> sources = {};
  std::vector<std::string> forgotten_sources = {};
  /// Now, in milliseconds since the epoch.
  std::int64_t alive = 0;
  bool ended_well = false;
};

/// Where positions are kept. For one thread.
class position_store {
public:
  position_store() = default;
  position_store(const position_store&) = delete;
  position_store& operator=(const position_store&) = delete;
  virtual ~position_store() = default;

  virtual kept_positions load() = 0;
  /// An ID that no generation has, or had.
  virtual follow::kept_id next_id() = 0;
  /// Empty: they are kept, whatever happens to the process from now on. Otherwise why they are not,
  /// in words; what was kept before is as it was, and they may be given again later.
  virtual std::string save(const position_changes& changes) = 0;
};

}  // namespace logpipe::ship
