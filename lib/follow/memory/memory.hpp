#pragma once

#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logpipe::follow {

/// A file as it is shown to the memory.
struct shown_file {
  std::uint64_t inode = 0;
  std::int64_t birth = 0;
  /// Of a compressed file its own size: where that is as it was, it is not read to be sure.
  std::optional<std::uint64_t> compressed_size;
  /// The content's first bytes, up to fingerprint::capacity.
  std::string_view head;
  /// Whether the content has before a place what stood there.
  std::function<bool(const bookmark&)> stands_at;
  /// Absolute path of the log that it is, or is an earlier file of, by its name; empty: by its name
  /// it is none's.
  std::string log;
  /// Number of the file that stands at that path now, where this is an earlier one; 0: there is
  /// none.
  std::uint64_t inode_at_log = 0;
};

/// What a file is of what was kept.
struct recollection {
  /// Where it is to be read on, so that nothing of what it is goes missing.
  bookmark from;
  /// What is kept and is this file; at least one.
  std::vector<kept_id> as;
  /// It has another number than that had, and is known by what it holds.
  bool by_content = false;
  /// There is nothing to do for any of them, as far as was kept.
  bool is_done = false;
  /// It was there at its source's first start.
  bool is_left_out = false;
  /// Each of them has been found already, as another file: this is a copy.
  bool is_copy = false;
};

/// What earlier runs kept of generations, and which of them have been found in this one. A file is
/// known by its inode number and birth time, if it has before the position what stood there; or,
/// where it has become another file, by its fingerprint and that. A short fingerprint proves
/// nothing unless the name fits too; one of lines that are all alike nothing unless this is called
/// as an earlier file of the log, and is compressed, or what stands at the log's path is the file
/// that was kept, cut.
class memory {
public:
  memory() = default;
  explicit memory(std::vector<kept_generation> kept);

  bool is_empty() const noexcept { return m_kept.empty(); }
  /// Whether something is kept of the log, an absolute path.
  bool knows(const std::string& log) const { return m_by_source.contains(log); }
  /// The logs of which something is kept.
  std::vector<std::string> logs() const;
  /// What is kept of a file with that number; null when nothing is.
  const kept_generation* by_number(std::uint64_t inode, std::int64_t birth) const;
  /// Throws std::out_of_range when there is none.
  const kept_generation& at(kept_id id) const { return m_kept.at(m_by_id.at(id)); }
  /// What the file is; empty `as` when it is not known.
  /// `others` are not thought of when it is known by its content: it is not those.
  recollection recall(const shown_file& file, const std::set<kept_id>& others = {}) const;
  /// They have been found.
  void found(const std::vector<kept_id>& which);
  /// They have been found, and another one is kept instead. Those of them that were not replaced
  /// before.
  std::vector<kept_id> replace(const std::vector<kept_id>& which);
  bool is_found(kept_id id) const { return m_found.contains(id); }
  /// What is kept of the log.
  std::vector<const kept_generation*> of(const std::string& log) const;
  /// What is kept of the log and was not found yet, as it was begun.
  std::vector<const kept_generation*> missing(const std::string& log) const;
  /// What is kept of the log and was found.
  std::vector<kept_id> there(const std::string& log) const;

private:
  using index = std::size_t;
  bool is_content_of(const shown_file& file, const kept_generation& kept) const;
  static bool is_lost_but_for_copies(const shown_file& file, const kept_generation& kept);
  std::vector<index> same_number(const shown_file& file) const;
  std::vector<index> same_content(const shown_file& file) const;

  std::vector<kept_generation> m_kept;
  std::set<kept_id> m_found;
  std::set<kept_id> m_replaced;
  std::unordered_map<kept_id, index> m_by_id;
  std::unordered_multimap<std::uint64_t, index> m_by_inode;
  std::multimap<std::string, index> m_by_source;
  /// By the size of their fingerprint, then by its hash.
  std::map<std::size_t, std::unordered_multimap<std::uint64_t, index>> m_by_head;
};

}  // namespace logpipe::follow
