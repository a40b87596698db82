#pragma once

#include <logpipe/follow/deleted_files.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/names/copies.hpp>
#include <logpipe/follow/names/discovery.hpp>
#include <logpipe/follow/names/own_files.hpp>
#include <logpipe/follow/path_source.hpp>
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
  state(follow_options wanted, observer observe, std::vector<kept_generation> remembered);

  source_id add(std::unique_ptr<source> what, const std::string& path);
  std::unique_ptr<source> log_at(const std::string& path, time_point now);
  std::unique_ptr<path_source> path_log(source_id id, const std::string& path,
                                        const start_at& start, bool expected, time_point now);
  void wake(source_id id);
  std::unique_ptr<source> joined(std::unique_ptr<source> what, const std::string& path);
  void exchange_replaced(source_id id, roster::entry& entry, time_point now);
  void look_at(source_id id, time_point now);
  void make_room(source_id user, time_point now);
  void look_at_all(time_point now);
  verdict offer_at_start(const std::string& path, time_point now);
  verdict offer(const std::string& path, const start_at& start, time_point now,
                bool is_copy_known = false);
  recollection what_was_kept_of(const std::string& path);
  bool is_copy(const std::string& path, time_point now);
  bool is_known_log(const std::string& path, const file_status& status) const;
  bool is_past_by_name(const std::string& path) const;
  bool add_discovered(const std::string& path, const start_at& start, time_point now);
  void catch_up(time_point now);
  bool is_ours(const std::string& path) const;
  void add_known_logs(time_point now);
  copies::answer what_is(const std::string& path, time_point now, bool can_wait);
  bool has_events(const std::string& path);
  void drop(source_id id);
  void degraded(int error);
  void look_after_failure(time_point now);
  bool ends() const noexcept;
  void retire(generation_id number, kept_generation last, std::string name);

  follow_options options;
  observer tell;
  watcher watches;
  wake_set wakes;
  block_store blocks;
  claims files;
  memory kept;
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
  /// Until the sources that there are at the start have been added, files that may be earlier ones
  /// of a log are put off.
  bool caught_up;
  std::vector<std::string> put_off;
  bool only_streams = true;
  bool stopping = false;

  // Used again by each look().
  std::vector<watch_hint> hints;
  std::vector<source_id> streams;
  std::vector<source_id> to_look;
};

}  // namespace logpipe::follow
