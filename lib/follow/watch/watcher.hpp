#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/chunk.hpp>

#include <sys/inotify.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace logpipe::follow {

class watcher;

/// What inotify said about something that a source asked about.
struct watch_hint {
  enum class kind {
    look,      ///< something happened to a name, or to the file's links or rights
    modified,  ///< the file was written to, or cut
    closed,    ///< a writer closed the file
    renamed    ///< the file has another name
  };
  source_id source;
  kind what;
  /// Number of the watch, see watch::number().
  int watch;
};

/// Keeps a source informed for as long as it lives; must not outlive its watcher. Empty when
/// default made, moved from, or when nothing could be watched.
class watch {
public:
  watch() noexcept = default;
  watch(watch&& other) noexcept;
  watch& operator=(watch&& other) noexcept;
  ~watch() { reset(); }

  void reset() noexcept;
  /// False as well once what was watched is gone, or has been moved (a directory).
  explicit operator bool() const noexcept;
  /// The same for all watches on one file.
  int number() const noexcept { return m_number; }

private:
  friend watcher;
  watch(watcher& owner, int number, source_id source, std::string name)
      : m_owner(&owner), m_number(number), m_source(source), m_name(std::move(name)) {}

  watcher* m_owner = nullptr;
  int m_number = -1;
  source_id m_source = 0;
  std::string m_name;
};

/// The inotify side of following: says which sources are worth a look. Only hints: what it does not
/// say, because of an overflow, a limit or a file system that has no events, is found by looking.
/// One thread.
class watcher {
public:
  /// Without `use_inotify` every watch is empty and nothing is ever said.
  explicit watcher(bool use_inotify);
  watcher(const watcher&) = delete;
  watcher& operator=(const watcher&) = delete;

  /// Watches what happens to the name in an existing directory, or to any name if `name` is empty.
  /// Empty when there is no such
  /// directory, or when it cannot be watched.
  watch on_entry(const std::string& directory, std::string name, source_id source);
  /// Watches an open file: exactly this one, whatever its name is or becomes.
  watch on_file(int descriptor, source_id source);

  /// Takes the waiting events, without blocking, and appends what they say to `hints`.
  void take(std::vector<watch_hint>& hints);

  /// Files have to be polled: inotify is not used, or no longer.
  bool polling() const noexcept { return !m_inotify; }
  /// Why it is no longer used, told once: an errno, 0 for a queue overflow.
  std::optional<int> take_failure() noexcept;
  /// Readable when events wait; -1 when polling. It is closed when inotify fails.
  int descriptor() const noexcept { return m_inotify.get(); }
  /// Number of things that are watched, for tests.
  std::size_t size() const noexcept { return m_targets.size(); }

private:
  friend watch;
  struct target {
    bool is_directory = false;
    /// By name in the directory; "" stands for all of them, and for an open file.
    std::unordered_multimap<std::string, source_id> interested;
  };

  watch add(const std::string& path, std::uint32_t what, std::string name, source_id source,
            bool is_directory);
  void remove(int number, source_id source, const std::string& name) noexcept;
  void note(const inotify_event& event, std::vector<watch_hint>& hints);
  void fail(int error);

  fd m_inotify;
  std::unordered_map<int, target> m_targets;
  std::optional<int> m_failure;
};

}  // namespace logpipe::follow
