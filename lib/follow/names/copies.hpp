#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/claims.hpp>
#include <logpipe/follow/names/copy.hpp>
#include <logpipe/follow/roster.hpp>

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace logpipe::follow {

/// Keeps copies of what is read, or was, from being taken for logs of their own. A copy of a file
/// that was cut goes to that file's source, which ships what it holds beyond the place where
/// reading stood. A copy of a file that is still there holds nothing that does not come from there;
/// what it comes to hold beyond that makes it a log of its own.
class copies {
public:
  /// `woken` is told of a source that was given a copy to read. All outlive it. `can_wait`: a file
  /// that is too young to tell is asked about again; otherwise it is taken as it is.
  copies(roster& sources, claims& files, bool can_wait, std::function<void(source_id)> woken)
      : m_sources(&sources), m_files(&files), m_can_wait(can_wait), m_woken(std::move(woken)) {}

  enum class answer {
    own,   ///< a log of its own
    copy,  ///< as far as it goes now
    wait   ///< it is too short, and too young, to tell
  };
  /// What a new file is. A source looks at its own path with `by_name_only`: what comes there is
  /// its next generation, unless the path is another one's rotated name.
  answer what_is(const std::string& path, int descriptor, time_point now, bool by_name_only);

private:
  struct original {
    source_id source;
    resemblance how;
    /// The file has one of the source's rotated names.
    bool by_name;
  };
  std::optional<original> original_of(const std::string& path, int descriptor, bool by_name_only);
  bool is_young(const std::string& path, time_point now);

  roster* m_sources;
  claims* m_files;
  bool m_can_wait;
  std::function<void(source_id)> m_woken;
  /// When the ones that were put off were first seen.
  std::unordered_map<std::string, time_point> m_first_seen;
};

}  // namespace logpipe::follow
