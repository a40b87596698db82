#pragma once

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace logpipe::logtail {

struct found_file {
  std::string path;
  follow::file_status status;
};

/// Finds the files of kept generations under the names that they have now. Each directory is listed
/// once at most: what is renamed later is not seen.
class file_finder {
public:
  /// By inode and birth time: under its last name, at its source's path, otherwise anywhere in the
  /// directories of both, that of a link's target included. What cannot be looked at is not there.
  std::optional<found_file> find(const follow::kept_generation& generation);

private:
  /// Inode and birth time: devices change between runs.
  using key = std::pair<std::uint64_t, std::int64_t>;
  using directory = std::map<key, found_file>;

  const directory& listed(const std::string& path);

  std::map<std::string, directory> m_directories;
};

/// statx(2), with nothing for a file that cannot be looked at either.
std::optional<found_file> file_at(const std::string& path);

}  // namespace logpipe::logtail
