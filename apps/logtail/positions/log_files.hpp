#pragma once

#include "source_status.hpp"

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/memory/memory.hpp>
#include <logpipe/follow/names/directory_lists.hpp>

#include <set>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// Finds the files of a log, and how far each is shipped: as a run would that begins now, but
/// nothing is opened for longer, or changed.
class log_files {
public:
  /// `rotated` as in follow_options. Files that are found are told to the memory, so that a copy
  /// counts once. All outlive it.
  log_files(const ship::kept_source& source, const std::vector<std::string>& rotated,
            follow::memory& memory, follow::directory_lists& lists)
      : m_source(source), m_rotated(rotated), m_memory(memory), m_lists(lists) {}

  /// Those of which something is kept, and those that came unseen; oldest first.
  std::vector<file_status> take();

private:
  void look_by_number();
  void look_at(const std::string& path, bool by_name);
  void add_known(const std::string& path, const follow::file_status& status,
                 const follow::recollection& known);
  void add_changed(const std::string& path, const follow::file_status& status, bool by_name,
                   bool may_be_read);
  void add_missing();
  bool is_of_another(const follow::recollection& known) const;

  const ship::kept_source& m_source;
  const std::vector<std::string>& m_rotated;
  follow::memory& m_memory;
  follow::directory_lists& m_lists;
  std::uint64_t m_inode_at_log = 0;
  std::set<follow::identity> m_looked_at;
  std::vector<file_status> m_files;
};

/// One whose file is not there: as it was when it was last seen.
file_status file_as_kept(const follow::kept_generation& generation);

}  // namespace logpipe::logtail
