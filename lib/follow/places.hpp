#pragma once

#include <logpipe/follow/watcher.hpp>

#include <string>
#include <vector>

namespace logpipe::follow {

/// The directories in which something has to happen before another file stands at a path: its own,
/// and where it is a symbolic link, those along the links to the target. Where one does not exist,
/// its nearest ancestor that does.
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
