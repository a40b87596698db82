#pragma once

#include <logpipe/follow/deleted_files.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/names/copies.hpp>
#include <logpipe/follow/names/discovery.hpp>
#include <logpipe/follow/names/own_files.hpp>
#include <logpipe/follow/roster.hpp>
#include <logpipe/follow/source.hpp>
#include <logpipe/follow/turns.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace logpipe::follow {

/// What a follower is made of, and how it goes together: sources that have their turns, patterns
/// that find more of them, and what is watched and bounded over all.
struct follower::state {
  state(follow_options wanted, observer observe);

  source_id add(std::unique_ptr<source> what, const std::string& path);
  std::unique_ptr<source> log_at(const std::string& path, time_point now);
  void wake(source_id id);
  std::unique_ptr<source> joined(std::unique_ptr<source> what, const std::string& path);
  void exchange_replaced(source_id id, roster::entry& entry, time_point now);
  void look_at(source_id id, time_point now);
  void make_room(source_id user, time_point now);
  void look_at_all(time_point now);
  verdict offer(const std::string& path, bool later, time_point now);
  copies::answer what_is(const std::string& path, time_point now);
  bool has_events(const std::string& path);
  void drop(source_id id);
  void degraded(int error);
  void look_after_failure(time_point now);
  bool ends() const noexcept;
  void retire(generation_id number, std::string name);

  follow_options options;
  observer tell;
  watcher watches;
  wake_set wakes;
  block_store blocks;
  claims files;
  open_files open;
  surroundings around;
  discovery patterns;
  own_files ours;
  roster sources;
  copies known;
  deleted_files deleted;
  generation_id next_generation = 0;
  std::map<generation_id, std::string> retired;

  /// Those that were found, but are no sources because they cannot be looked at.
  std::unordered_set<std::string> unreachable_paths;
  /// Why inotify cannot be used, as it was told: files and patterns have a queue each.
  std::set<int> degradations;
  /// File systems without events that were told.
  std::unordered_set<std::string> unannounced;
  turns whose;
  bool only_streams = true;
  bool stopping = false;

  // Used again by each look().
  std::vector<watch_hint> hints;
  std::vector<source_id> streams;
  std::vector<source_id> to_look;
};

}  // namespace logpipe::follow
