#pragma once

#include <logpipe/follow/source.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace logpipe::follow {

/// The sources there are, by ID and by path. IDs are given in order and never used again.
class roster {
public:
  struct entry {
    std::unique_ptr<source> what;
    std::string path;
    /// Found by a pattern: it is dropped when there is nothing left of it.
    bool discovered = false;
    bool to_look = false;
  };

  /// The ID that the next one gets.
  source_id next() const noexcept { return m_next; }
  entry& add(std::unique_ptr<source> what, std::string path);
  void remove(source_id id);

  /// Throws std::out_of_range when there is none.
  entry& at(source_id id) { return m_entries.at(id); }
  const entry& at(source_id id) const { return m_entries.at(id); }
  std::size_t size() const noexcept { return m_entries.size(); }
  bool contains(source_id id) const { return m_entries.contains(id); }
  /// One of the sources with this path.
  std::optional<source_id> by_path(const std::string& path) const;

  auto begin() noexcept { return m_entries.begin(); }
  auto end() noexcept { return m_entries.end(); }
  auto begin() const noexcept { return m_entries.begin(); }
  auto end() const noexcept { return m_entries.end(); }

private:
  std::map<source_id, entry> m_entries;
  std::unordered_multimap<std::string, source_id> m_paths;
  source_id m_next = 0;
};

}  // namespace logpipe::follow
