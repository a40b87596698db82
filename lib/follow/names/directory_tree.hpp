#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/names/glob.hpp>
#include <logpipe/follow/names/places.hpp>
#include <logpipe/follow/watch/watcher.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace logpipe::follow {

/// What became of a name that fits a pattern.
enum class verdict {
  settled,  ///< it is a source, or never will be
  later,    ///< not now: it is asked about again with the next full look
  soon      ///< the same, but it cannot wait so long
};

/// The directories that a glob's matches lie in, and the names in them that fit: notices new ones.
/// Lists a directory only when its time of change, or an event, calls for it; follows symbolic
/// links to directories, each directory once.
class directory_tree {
public:
  using offer = std::function<verdict(const std::string& path)>;
  /// Told with a directory that cannot be listed, and the errno, once until that changes.
  using unlistable = std::function<void(const std::string& path, int error)>;

  /// The watches are set in the name of `number`. `exclude`: see leaves_out().
  directory_tree(glob pattern, std::vector<std::string> exclude, watcher& watches,
                 source_id number);

  /// An event in one of the directories, or above the base that is waited for.
  void hint(const watch_hint& hint);
  /// Lists what was hinted at.
  void look(time_point now, const unlistable& failed);
  /// Compares all directories with what is known of them, and asks again about names that were put
  /// off.
  void look_at_all(time_point now, const unlistable& failed);
  /// Offers the names that are new, or lead to another file than before.
  void offer_names(const offer& take);
  /// The file that was taken at the path is no source any more: if the name is still there, it is
  /// asked about again.
  void ended(const std::string& path);

  /// When look() is worth calling, besides after a hint.
  std::optional<time_point> due() const { return m_due; }
  /// Whether a name cannot wait until the next full look.
  bool is_urgent() const noexcept { return m_urgent; }
  std::size_t directories() const noexcept { return m_directories.size(); }
  const glob& pattern() const noexcept { return m_pattern; }

private:
  struct name {
    ino_t inode;
    bool settled = false;
  };
  struct directory {
    identity id;
    std::int64_t modified = 0;
    /// It has changed so shortly before it was listed that its time may not tell of a later change.
    bool fresh = true;
    bool hinted = true;
    int error = 0;
    time_point not_before;
    watch watching;
    std::unordered_map<std::string, name> names;
  };
  using directories_by_path = std::map<std::string, directory>;

  void enter(const std::string& path, time_point now, const unlistable& failed);
  void list(directories_by_path::iterator at, time_point now, const unlistable& failed);
  void leave(const std::string& path);
  bool fits(const std::string& path) const;

  glob m_pattern;
  std::vector<std::string> m_exclude;
  watcher* m_watches;
  source_id m_number;
  places m_base;
  directories_by_path m_directories;
  std::map<identity, std::string> m_entered;
  /// By the number of its watch: the directory.
  std::unordered_map<int, std::string> m_watched;
  /// Names that wait for an offer.
  std::vector<std::string> m_new;
  std::optional<time_point> m_due;
  bool m_base_hinted = true;
  bool m_urgent = false;
};

}  // namespace logpipe::follow
