#pragma once

#include <logpipe/follow/watch/watcher.hpp>

#include <string>
#include <vector>

namespace logpipe::follow {

/// The directories in which something has to happen before another file stands at a path: its own,
/// and those that hold a symbolic link on the way, be it the last component or one before it. Where
/// its own does not exist, the nearest ancestor that does. A real directory above is not watched:
/// that it was renamed is told by what lies in it, or found by looking.
class places {
public:
  places(watcher& watches, std::string path, source_id source)
      : m_watches(&watches), m_path(std::move(path)), m_source(source) {}

  /// Watches the directories as they are now. Set up before the path is looked at, so that nothing
  /// can happen unseen between the two.
  void watch_now();
  /// False when one of the directories has gone since, or none could be watched.
  bool watched() const;

private:
  watch nearest(const std::string& path);

  watcher* m_watches;
  std::string m_path;
  source_id m_source;
  std::vector<watch> m_watched;
};

}  // namespace logpipe::follow
