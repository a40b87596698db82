#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>

namespace logpipe::follow {

/// How many files are held open, and whose was used least lately. Beyond the limit sources are
/// asked to close theirs; they open them again when something has changed.
class open_files {
public:
  /// Without a limit it is what the process may open, less a tenth, at least 64, for everybody
  /// else: librdkafka, inotify, the state.
  explicit open_files(std::optional<std::size_t> limit) : m_given(limit) {}

  void opened(source_id source);
  void closed(source_id source);
  /// It was read just now, or cannot be closed now.
  void used(source_id source);
  /// The one that should close its file, when too many are open.
  std::optional<source_id> to_close();
  std::size_t count() const noexcept { return m_count; }

private:
  struct entry {
    std::size_t files = 0;
    std::list<source_id>::iterator place;
  };
  std::optional<std::size_t> m_given;
  std::size_t m_limit = 0;
  std::size_t m_count = 0;
  std::unordered_map<source_id, entry> m_entries;
  /// Those with open files, the least lately used first.
  std::list<source_id> m_order;
};

}  // namespace logpipe::follow
