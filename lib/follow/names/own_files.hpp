#pragma once

#include <logpipe/follow/file/identity.hpp>

#include <string>
#include <vector>

namespace logpipe::follow {

/// Files that the application writes itself, which are never sources: whoever shipped them would
/// write them again.
class own_files {
public:
  /// Whatever stands at the path, now or later: the file may be replaced by renaming.
  void add(const std::string& path);
  /// An open file that has no path we know, such as a redirected stderr.
  void add(const identity& file) { m_files.push_back(file); }

  /// Whether the file `status`, found at `path`, is one of them.
  bool contains(const std::string& path, const file_status& status) const;

private:
  std::vector<std::string> m_paths;
  std::vector<identity> m_files;
};

}  // namespace logpipe::follow
