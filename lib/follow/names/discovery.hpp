#pragma once

#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/names/directory_tree.hpp>

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// Finds the files that patterns match, those that are there and those that come. What a found file
/// is (a new source, one that is read already, a copy) is for the one to say to whom it is offered.
class discovery {
public:
  using offer = directory_tree::offer;

  /// Told with an errno when inotify cannot be used (any more), see watch_degraded.
  using degraded = std::function<void(int error)>;

  /// The options and `tell` outlive it.
  discovery(const follow_options& options, const follower::observer& tell, degraded failed);

  /// Offers what the pattern matches now; nothing_matches is told if there is none.
  void add(const file_pattern& pattern, time_point now, const offer& take);
  /// Offers what has come since.
  void look(time_point now, const offer& take);
  /// When look() is due even if nothing woke it.
  std::optional<time_point> due() const { return m_due; }
  /// Readable when something has happened; -1 when directories are looked at instead.
  int descriptor() const noexcept { return m_watches.descriptor(); }

  /// What a pattern would find the log at an absolute path as; nothing when none finds it.
  std::optional<std::string> name_of(const std::string& log) const;
  /// The source of a file that was taken is no more.
  void ended(const std::string& path);
  /// Nothing is found any more.
  void stop();

private:
  struct search {
    directory_tree where;
    bool has_events;
  };
  void search_for(glob pattern);
  void look_in_each(bool all, time_point now, const offer& take);
  void plan(time_point now);

  const follow_options* m_options;
  const follower::observer* m_tell;
  degraded m_degraded;
  watcher m_watches;
  std::deque<search> m_searches;
  /// Of all searches, those that are over too.
  std::vector<glob> m_globs;
  std::optional<time_point> m_due;
  std::optional<time_point> m_full_look;
  std::vector<watch_hint> m_hints;  // used again by each look()
};

}  // namespace logpipe::follow
